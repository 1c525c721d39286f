import { GlobalOutlined, LockOutlined } from '@ant-design/icons'
import { Button, Grid, Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type * as z from 'zod/mini'
import type { listProjects, Project } from '../../contract/ccr/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { formatDate, formatNumber, formatTime } from '../ui/format.ts'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { tablePaging } from '../ui/table-paging.ts'
import { rowSelection } from '../ui/table-selection.ts'
import { sortable, sortingOf } from '../ui/table-sorting.ts'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import { NAMESPACE_ORDERS, type namespaceListParams } from './namespace-list-params.ts'

/** A page of the list of namespaces. On a narrow screen what a column would say stands below the name. */
export function NamespacesTable({
  instanceId,
  list,
  params,
  stale,
  selected,
  onSelect,
  onParams,
  onDelete,
  onChangeAccess,
}: {
  instanceId: string
  list: z.output<typeof listProjects.response>
  params: ListParams<typeof namespaceListParams>
  /** What is shown is the page before; the next is on its way. */
  stale: boolean
  selected: readonly string[]
  onSelect: (names: string[]) => void
  onParams: SetListParams<typeof namespaceListParams>
  onDelete: (name: string) => void
  onChangeAccess: (namespace: Project) => void
}): ReactElement {
  const { common, namespaces } = useMessages()
  const { md: wide = true } = Grid.useBreakpoint()
  const columns: TableColumnsType<Project> = [
    {
      title: common.name,
      ...sortable('name', params),
      render: (_, namespace) => (
        <>
          <Link className="strong-link" to={paths.charts(instanceId, namespace.projectName)}>
            <MatchedText text={namespace.projectName} query={params.q} />
          </Link>
          {!wide && (
            <span className="cell-note">
              <Access of={namespace} /> · {formatDate(namespace.creationTime)}
            </span>
          )}
        </>
      ),
    },
    {
      title: namespaces.charts,
      align: 'right',
      ...sortable('charts', params),
      render: (_, { projectName, chartCount }) => (
        <Link to={paths.charts(instanceId, projectName)} aria-label={namespaces.chartsOf(projectName, chartCount)}>
          {formatNumber(chartCount)}
        </Link>
      ),
    },
    {
      title: namespaces.access,
      key: 'access',
      responsive: ['md'],
      render: (_, namespace) => <Access of={namespace} />,
    },
    {
      title: common.created,
      responsive: ['md'],
      ...sortable('created', params),
      render: (_, { creationTime }) => <span className="cell-nowrap">{formatTime(creationTime)}</span>,
    },
    {
      title: common.operation,
      key: 'operation',
      render: (_, namespace) => (
        <RowActions
          namespace={namespace}
          onDelete={() => onDelete(namespace.projectName)}
          onChangeAccess={() => onChangeAccess(namespace)}
        />
      ),
    },
  ]
  return (
    <Table<Project>
      rowKey="projectName"
      size={wide ? 'middle' : 'small'}
      columns={columns}
      dataSource={list.projects}
      loading={stale}
      {...(wide && { scroll: { x: 'max-content' } })}
      showSorterTooltip={{ target: 'sorter-icon' }}
      rowSelection={rowSelection({ selected, onChange: onSelect, nameOf: (row) => row.projectName })}
      pagination={tablePaging({
        page: list.pageNo,
        size: list.pageSize,
        total: list.total,
        onChange: (page, size) => onParams({ page, size }),
      })}
      onChange={(_page, _filters, sorter, { action }) => {
        if (action === 'sort') onParams(sortingOf(sorter, NAMESPACE_ORDERS))
      }}
    />
  )
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
