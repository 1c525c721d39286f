import { GlobalOutlined, LockOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type * as z from 'zod/mini'
import type { listProjects, Project } from '../../contract/ccr/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { formatDate, formatNumber, formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import type { NAMESPACE_ORDERS, namespaceListParams } from './namespace-list-params.ts'

/** A page of the list of namespaces. On a narrow screen what a column would say stands below the name. */
export function NamespacesTable({
  instanceId,
  list,
  params,
  stale,
  selection,
  onParams,
  onDelete,
  onChangeAccess,
}: {
  instanceId: string
  list: z.output<typeof listProjects.response>
  params: ListParams<typeof namespaceListParams>
  /** What is shown is the page before; the next is on its way. */
  stale: boolean
  selection: VisibleSelection<Project>
  onParams: SetListParams<typeof namespaceListParams>
  onDelete: (name: string) => void
  onChangeAccess: (namespace: Project) => void
}): ReactElement {
  const { common, namespaces } = useMessages()
  const columns: ListColumn<Project, (typeof NAMESPACE_ORDERS)[number]>[] = [
    {
      key: 'name',
      title: common.name,
      order: 'name',
      render: (namespace) => (
        <>
          <Link className="strong-link" to={paths.charts(instanceId, namespace.projectName)}>
            <MatchedText text={namespace.projectName} query={params.q} />
          </Link>
          <span className="cell-note below-medium">
            <Access of={namespace} />
          </span>
          <span className="cell-note below-medium">{formatDate(namespace.creationTime)}</span>
        </>
      ),
    },
    {
      key: 'charts',
      title: namespaces.charts,
      order: 'charts',
      align: 'end',
      render: ({ projectName, chartCount }) => (
        <Link to={paths.charts(instanceId, projectName)} aria-label={namespaces.chartsOf(projectName, chartCount)}>
          {formatNumber(chartCount)}
        </Link>
      ),
    },
    {
      key: 'access',
      title: namespaces.access,
      from: 'medium',
      render: (namespace) => <Access of={namespace} />,
    },
    {
      key: 'created',
      title: common.created,
      order: 'created',
      from: 'medium',
      nowrap: true,
      render: ({ creationTime }) => formatTime(creationTime),
    },
    {
      key: 'operation',
      title: common.operation,
      render: (namespace) => (
        <RowActions
          namespace={namespace}
          onDelete={() => onDelete(namespace.projectName)}
          onChangeAccess={() => onChangeAccess(namespace)}
        />
      ),
    },
  ]
  return (
    <ListTable
      label={namespaces.listLabel}
      columns={columns}
      rows={list.projects}
      rowKey={nameOf}
      nameOf={nameOf}
      selection={selection}
      sorting={params}
      onSort={onParams}
      stale={stale}
      paging={{
        page: list.pageNo,
        size: list.pageSize,
        total: list.total,
        onChange: (page, size) => onParams({ page, size }),
      }}
    />
  )
}

function nameOf({ projectName }: Project) {
  return projectName
}

function Access({ of }: { of: Project }) {
  const { namespaces } = useMessages()
  return (
    <span className="cell-nowrap">
      {of.public === 'true' ? <GlobalOutlined aria-hidden /> : <LockOutlined aria-hidden />}{' '}
      {namespaces.accesses[of.public]}
    </span>
  )
}

function RowActions({
  namespace,
  onDelete,
  onChangeAccess,
}: {
  namespace: Project
  onDelete: () => void
  onChangeAccess: () => void
}) {
  const { common, namespaces } = useMessages()
  const { projectName: name } = namespace
  const isPublic = namespace.public === 'true'
  return (
    <span className="row-actions">
      <Button
        type="link"
        aria-label={isPublic ? namespaces.makePrivateOf(name) : namespaces.makePublicOf(name)}
        onClick={onChangeAccess}
      >
        {isPublic ? namespaces.makePrivate : namespaces.makePublic}
      </Button>
      <Button type="link" danger aria-label={namespaces.deleteOf(name)} onClick={onDelete}>
        {common.delete}
      </Button>
    </span>
  )
}
