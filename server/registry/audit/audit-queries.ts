import type { Kysely } from 'kysely'
import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import type { AuditEventRow, Schema } from '../../db/schema.ts'

/** Conditions on events; undefined ones match all events. Names match exactly. */
export interface AuditFilters {
  /** First ID, inclusive, and end ID, exclusive: IDs sort by time. */
  readonly fromId?: string | undefined
  readonly toId?: string | undefined
  readonly instance?: string | undefined
  readonly namespace?: string | undefined
  readonly chart?: string | undefined
  readonly actor?: string | undefined
  readonly action?: AuditAction | undefined
  readonly outcome?: AuditEventRow['outcome'] | undefined
  readonly exceptActions?: readonly AuditAction[] | undefined
}

/** Part of the matching events: those older than the ID `before`, else those newer than `after`, else the newest. */
export interface AuditSlice {
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Returns matching events, newest first; those newer than `after` oldest first. */
export async function findAuditEvents(
  db: Kysely<Schema>,
  filters: AuditFilters,
  { before, after, limit }: AuditSlice,
): Promise<AuditEventRow[]> {
  let query = db.selectFrom('audit_events').selectAll()
  for (const [column, value] of equalities(filters)) query = query.where(column, '=', value)
  const { fromId, toId, exceptActions } = filters
  if (fromId !== undefined) query = query.where('id', '>=', fromId)
  if (toId !== undefined) query = query.where('id', '<', toId)
  if (exceptActions !== undefined) query = query.where('action', 'not in', exceptActions)
  if (before !== undefined) query = query.where('id', '<', before)
  else if (after !== undefined) query = query.where('id', '>', after)
  const isAscending = before === undefined && after !== undefined
  return query
    .orderBy('id', isAscending ? 'asc' : 'desc')
    .limit(limit)
    .execute()
}

function equalities(filters: AuditFilters) {
  const columns = [
    ['instance_id', filters.instance],
    ['namespace', filters.namespace],
    ['chart', filters.chart],
    ['actor', filters.actor],
    ['action', filters.action],
    ['outcome', filters.outcome],
  ] as const
  return columns.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
}
