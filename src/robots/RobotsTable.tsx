import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type * as z from 'zod/mini'
import type { listRobots, Robot } from '../../contract/ccr/robots.ts'
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
import type { RobotAct } from './RobotActDialog.tsx'
import styles from './RobotsTable.module.css'
import { expiryOf } from './robot-expiry.ts'
import type { robotListParams } from './robot-list-params.ts'
import { scopesOf } from './robot-scope.ts'
import { useScopeWords } from './use-scope-words.ts'

/** A page of robots. On a narrow screen what a column would say stands below the name. */
export function RobotsTable({
  list,
  facts,
  view,
  setView,
  stale,
  onChange,
  onAct,
  onDelete,
}: {
  list: z.output<typeof listRobots.response>
  /** They come later than the rows, or not at all. */
  facts: ReadonlyMap<number, RobotSummary> | undefined
  view: ListParams<typeof robotListParams>
  setView: SetListParams<typeof robotListParams>
  stale: boolean
  onChange: (robot: Robot) => void
  onAct: (robot: Robot, act: RobotAct) => void
  onDelete: (robot: Robot) => void
}): ReactElement {
  const { common, robots } = useMessages()
  const lastUsed = ({ id }: Robot) => {
    const known = facts?.get(id)
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
            {robots.ends}: {endOf(robot, robots.neverEnds)}
          </span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowLarge)}>
            {robots.lastUsed}: {lastUsed(robot)}
          </span>
        </>
      ),
    },
    { key: 'may', title: robots.may, from: 'medium', render: (robot) => <Scope of={robot} /> },
    {
      key: 'ends',
      title: robots.ends,
      from: 'medium',
      nowrap: true,
      render: (robot) => endOf(robot, robots.neverEnds),
    },
    { key: 'used', title: robots.lastUsed, from: 'large', nowrap: true, render: lastUsed },
    {
      key: 'created',
      title: robots.created,
      from: 'widest',
      render: ({ id, creationTime }) => {
        const by = facts?.get(id)?.createdBy
        return by ? robots.createdBy(by, formatDate(creationTime)) : formatDate(creationTime)
      },
    },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: (robot) => <RowActions robot={robot} onChange={onChange} onAct={onAct} onDelete={onDelete} />,
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

function endOf({ expiresAt, duration }: Robot, never: string): string {
  return expiryOf({ duration }).state === 'never' ? never : formatTime(new Date(expiresAt * 1000).toISOString())
}

/** That it is disabled, has ended, or ends soon. */
function Warnings({ of: robot }: { of: Robot }) {
  const { robots } = useMessages()
  const expiry = expiryOf(robot)
  return (
    <span className={styles.warnings}>
      {robot.disable && <Badge>{robots.disabled}</Badge>}
      {expiry.state === 'over' && <Badge tone="bad">{robots.ended}</Badge>}
      {expiry.state === 'near' && <Badge tone="bad">{robots.endsIn(expiry.days)}</Badge>}
      {expiry.state === 'soon' && <Badge tone="attention">{robots.endsIn(expiry.days)}</Badge>}
    </span>
  )
}

function Scope({ of: { permissions } }: { of: Robot }) {
  const { robots } = useMessages()
  const wordsOf = useScopeWords()
  const scopes = scopesOf(permissions)
  if (scopes.length === 0) return <span className={cellsStyles.quiet}>{robots.scopeNone}</span>
  return scopes.map((scope) => (
    <span key={wordsOf(scope)} className={styles.scope}>
      {wordsOf(scope)}
    </span>
  ))
}

function RowActions({
  robot,
  onChange,
  onAct,
  onDelete,
}: {
  robot: Robot
  onChange: (robot: Robot) => void
  onAct: (robot: Robot, act: RobotAct) => void
  onDelete: (robot: Robot) => void
}) {
  const { common, robots } = useMessages()
  const { name, disable } = robot
  return (
    <span className={clsx(cellsStyles.rowActions, styles.actions)}>
      <RowAction aria-label={robots.changeOf(name)} onClick={() => onChange(robot)}>
        {robots.change}
      </RowAction>
      <RowAction aria-label={robots.rotateOf(name)} onClick={() => onAct(robot, 'rotate')}>
        {robots.rotate}
      </RowAction>
      <RowAction
        aria-label={disable ? robots.enableOf(name) : robots.disableOf(name)}
        onClick={() => onAct(robot, disable ? 'enable' : 'disable')}
      >
        {disable ? robots.enable : robots.disable}
      </RowAction>
      <RowAction danger aria-label={robots.deleteOf(name)} onClick={() => onDelete(robot)}>
        {common.delete}
      </RowAction>
    </span>
  )
}
