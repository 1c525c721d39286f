import { yieldToEventLoop } from '../../db/chunks.ts'
import { firstEventId } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'

const DAY = 24 * 60 * 60 * 1000
/** Events deleted by one transaction, so that other writes do not wait long. */
const CHUNK = 1000

/**
 * Deletes audit events older than `auditDays`; none if that is 0. Returns their number. Stops early, between two
 * transactions, when `signal` is aborted.
 */
export async function pruneAuditLog(registry: Registry, signal?: AbortSignal): Promise<number> {
  if (registry.auditDays === 0) return 0
  const before = firstEventId(new Date(Date.parse(registry.now()) - registry.auditDays * DAY).toISOString())
  let deleted = 0
  for (let isLast = false; !isLast && !signal?.aborted; ) {
    const { numDeletedRows } = await registry.database.write((transaction) =>
      transaction
        .deleteFrom('audit_events')
        .where('id', 'in', (eb) =>
          eb.selectFrom('audit_events').select('id').where('id', '<', before).orderBy('id').limit(CHUNK),
        )
        .executeTakeFirstOrThrow(),
    )
    deleted += Number(numDeletedRows)
    isLast = numDeletedRows < CHUNK
    await yieldToEventLoop()
  }
  return deleted
}
