import { EyeInvisibleOutlined, GlobalOutlined, LockOutlined } from '@ant-design/icons'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type * as z from 'zod/mini'
import type { NAMESPACE_ORDERS, namespaceEndpoints, Project } from '../../contract/ccr/namespaces.ts'
import type { NamespaceSummary } from '../../contract/console/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { Clipped } from '../ui/Clipped.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatDate, formatNumber, formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import type { NamespaceChange } from './NamespaceSettingDialog.tsx'
import styles from './NamespacesTable.module.css'
import type { namespaceListParams } from './namespace-list-params.ts'

/** A page of the namespace list. On narrow screens, the content of hidden columns is shown below the name. */
export function NamespacesTable({
  instanceId,
  list,
  summaries,
  view,
  stale,
  selection,
  mayChange,
  setView,
  onDelete,
  onChange,
}: {
  instanceId: string
  list: z.output<typeof namespaceEndpoints.list.response>
  /** By name; loaded after the rows, undefined until then or after a failure. */
  summaries: ReadonlyMap<string, NamespaceSummary> | undefined
  view: ListParams<typeof namespaceListParams>
  /** Whether the rows are those of the previous view, while the new ones load. */
  stale: boolean
  selection: VisibleSelection<Project>
  /** Whether the user may change the namespace of this name. */
  mayChange: (name: string) => boolean
  setView: SetListParams<typeof namespaceListParams>
  onDelete: (name: string) => void
  /** Called when the user requests a change of a setting. */
  onChange: (change: NamespaceChange) => void
}): ReactElement {
  const { common, namespaces } = useMessages()
  const mayChangeAny = list.projects.some(({ projectName }) => mayChange(projectName))
  const operation: ListColumn<Project> = {
    key: 'operation',
    actions: true,
    title: common.operation,
    render: (namespace) =>
      mayChange(namespace.projectName) && (
        <RowActions
          namespace={namespace}
          immutable={summaries?.get(namespace.projectName)?.immutable}
          onDelete={() => onDelete(namespace.projectName)}
          onChange={onChange}
        />
      ),
  }
  const columns: ListColumn<Project, (typeof NAMESPACE_ORDERS)[number]>[] = [
    {
      key: 'name',
      title: common.name,
      order: 'name',
      render: (namespace) => (
        <>
          <Link className={cellsStyles.strongLink} to={paths.charts(instanceId, namespace.projectName)}>
            <Clipped text={namespace.projectName}>
              <MatchedText text={namespace.projectName} query={view.q} />
            </Clipped>
          </Link>
          {summaries?.get(namespace.projectName)?.immutable && <ImmutableMark />}
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            <Access of={namespace} />
          </span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowLarge)}>{formatDate(namespace.creationTime)}</span>
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
      firstOrder: 'desc',
      from: 'large',
      nowrap: true,
      render: ({ creationTime }) => formatTime(creationTime),
    },
    ...(mayChangeAny ? [operation] : []),
  ]
  return (
    <ListTable
      label={namespaces.listLabel}
      columns={columns}
      rows={list.projects}
      rowKey={nameOf}
      nameOf={nameOf}
      {...(mayChangeAny && { selection })}
      sorting={view}
      onSort={setView}
      stale={stale}
      paging={{ view, setView, total: list.total }}
    />
  )
}

function nameOf({ projectName }: Project) {
  return projectName
}

function Access({ of }: { of: Project }) {
  const { namespaces } = useMessages()
  return (
    <span className={cellsStyles.nowrap}>
      {of.public === 'true' ? <GlobalOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />}{' '}
      {namespaces.accesses[of.public]}
    </span>
  )
}

function ImmutableMark() {
  const { namespaces } = useMessages()
  return (
    <span className={styles.immutable} title={namespaces.immutableHelp}>
      <LockOutlined aria-hidden /> {namespaces.immutable}
    </span>
  )
}

function RowActions({
  namespace,
  immutable,
  onDelete,
  onChange,
}: {
  namespace: Project
  /** Undefined until loaded. */
  immutable: boolean | undefined
  onDelete: () => void
  onChange: (change: NamespaceChange) => void
}) {
  const { common, namespaces } = useMessages()
  const { projectName: name, chartCount: charts } = namespace
  const isPublic = namespace.public === 'true'
  return (
    <span className={cellsStyles.rowActions}>
      <RowAction
        aria-label={isPublic ? namespaces.makePrivateOf(name) : namespaces.makePublicOf(name)}
        onClick={() => onChange({ setting: 'public', to: !isPublic, name, charts })}
      >
        {isPublic ? namespaces.makePrivate : namespaces.makePublic}
      </RowAction>
      {immutable !== undefined && (
        <RowAction
          aria-label={immutable ? namespaces.makeMutableOf(name) : namespaces.makeImmutableOf(name)}
          onClick={() => onChange({ setting: 'immutable', to: !immutable, name })}
        >
          {immutable ? namespaces.makeMutable : namespaces.makeImmutable}
        </RowAction>
      )}
      <RowAction danger aria-label={namespaces.deleteOf(name)} onClick={onDelete}>
        {common.delete}
      </RowAction>
    </span>
  )
}
