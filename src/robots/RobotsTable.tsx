import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type * as z from 'zod/mini'
import type { Robot, robotEndpoints } from '../../contract/ccr/robots.ts'
import type { RobotSummary } from '../../contract/console/robots.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { Clipped } from '../ui/Clipped.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatDate, formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { RobotAction } from './RobotActionDialog.tsx'
import styles from './RobotsTable.module.css'
import { expiryOf } from './robot-expiry.ts'
import type { robotListParams } from './robot-list-params.ts'
import { scopesOf } from './robot-scope.ts'
import { useScopeText } from './use-scope-text.ts'

/** A page of the robot list. On narrow screens, the content of hidden columns is shown below the name. */
export function RobotsTable({
  list,
  summaries,
  view,
  setView,
  stale,
  onChange,
  onAction,
  onDelete,
}: {
  list: z.output<typeof robotEndpoints.list.response>
  /** By ID; loaded after the rows, undefined until then or after a failure. */
  summaries: ReadonlyMap<number, RobotSummary> | undefined
  view: ListParams<typeof robotListParams>
  setView: SetListParams<typeof robotListParams>
  stale: boolean
  onChange: (robot: Robot) => void
  onAction: (robot: Robot, action: RobotAction) => void
  onDelete: (robot: Robot) => void
}): ReactElement {
  const { common, robots } = useMessages()
  const lastUsed = ({ id }: Robot) => {
    const known = summaries?.get(id)
    if (!known) return common.none
    return known.lastUsed === null ? robots.neverUsed : formatTime(known.lastUsed)
  }
  const columns: ListColumn<Robot>[] = [
    {
      key: 'name',
      title: common.name,
      render: (robot) => (
        <>
          <span className={styles.name}>
            <Clipped text={robot.name} />
          </span>
          <Warnings of={robot} />
          {robot.description && <span className={cellsStyles.note}>{robot.description}</span>}
          <span className={cellsStyles.belowMedium}>
            <Scope of={robot} />
          </span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {robots.expiry}: {expiryText(robot, robots.neverExpires)}
          </span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowLarge)}>
            {robots.lastUsed}: {lastUsed(robot)}
          </span>
        </>
      ),
    },
    { key: 'permissions', title: robots.permissions, from: 'medium', render: (robot) => <Scope of={robot} /> },
    {
      key: 'expiry',
      title: robots.expiry,
      from: 'medium',
      nowrap: true,
      render: (robot) => expiryText(robot, robots.neverExpires),
    },
    { key: 'used', title: robots.lastUsed, from: 'large', nowrap: true, render: lastUsed },
    {
      key: 'created',
      title: robots.created,
      from: 'widest',
      render: ({ id, creationTime }) => {
        const creator = summaries?.get(id)?.createdBy
        return creator ? robots.createdBy(creator, formatDate(creationTime)) : formatDate(creationTime)
      },
    },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: (robot) => <RowActions robot={robot} onChange={onChange} onAction={onAction} onDelete={onDelete} />,
    },
  ]
  return (
    <ListTable
      label={robots.list}
      columns={columns}
      rows={list.robots}
      rowKey={({ id }) => String(id)}
      nameOf={({ name }) => name}
      stale={stale}
      paging={{ view, setView, total: list.total }}
    />
  )
}

function expiryText({ expiresAt, duration }: Robot, never: string): string {
  return expiryOf({ duration }).state === 'never' ? never : formatTime(new Date(expiresAt * 1000).toISOString())
}

/** Badges for a robot that is disabled, expired, or expires soon. */
function Warnings({ of: robot }: { of: Robot }) {
  const { robots } = useMessages()
  const expiry = expiryOf(robot)
  return (
    <span className={styles.warnings}>
      {robot.disable && <Badge>{robots.disabled}</Badge>}
      {expiry.state === 'expired' && <Badge tone="bad">{robots.expired}</Badge>}
      {expiry.state === 'near' && <Badge tone="bad">{robots.expiresIn(expiry.days)}</Badge>}
      {expiry.state === 'soon' && <Badge tone="attention">{robots.expiresIn(expiry.days)}</Badge>}
    </span>
  )
}

function Scope({ of: { permissions } }: { of: Robot }) {
  const { robots } = useMessages()
  const scopeText = useScopeText()
  const scopes = scopesOf(permissions)
  if (scopes.length === 0) return <span className={cellsStyles.quiet}>{robots.scopeNone}</span>
  return scopes.map((scope) => (
    <span key={scopeText(scope)} className={styles.scope}>
      {scopeText(scope)}
    </span>
  ))
}

function RowActions({
  robot,
  onChange,
  onAction,
  onDelete,
}: {
  robot: Robot
  onChange: (robot: Robot) => void
  onAction: (robot: Robot, action: RobotAction) => void
  onDelete: (robot: Robot) => void
}) {
  const { common, robots } = useMessages()
  const { name, disable } = robot
  return (
    <span className={clsx(cellsStyles.rowActions, styles.actions)}>
      <RowAction aria-label={robots.changeOf(name)} onClick={() => onChange(robot)}>
        {robots.change}
      </RowAction>
      <RowAction aria-label={robots.rotateOf(name)} onClick={() => onAction(robot, 'rotate')}>
        {robots.rotate}
      </RowAction>
      <RowAction
        aria-label={disable ? robots.enableOf(name) : robots.disableOf(name)}
        onClick={() => onAction(robot, disable ? 'enable' : 'disable')}
      >
        {disable ? robots.enable : robots.disable}
      </RowAction>
      <RowAction danger aria-label={robots.deleteOf(name)} onClick={() => onDelete(robot)}>
        {common.delete}
      </RowAction>
    </span>
  )
}
