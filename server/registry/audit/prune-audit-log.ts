import { yieldToEventLoop } from '../../db/chunks.ts'
import { firstEventId } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'

const DAY = 24 * 60 * 60 * 1000
/** Events that one transaction takes at most: nobody waits long to write. */
const AT_ONCE = 1000

/** Takes away what has been in the record for longer than is wanted; answers with how many events went. */
export async function pruneAuditLog(registry: Registry): Promise<number> {
  if (registry.auditDays === 0) return 0
  const before = firstEventId(new Date(Date.parse(registry.now()) - registry.auditDays * DAY).toISOString())
  let gone = 0
  for (let isLast = false; !isLast; ) {
    const { numDeletedRows } = await registry.database.write((transaction) =>
      transaction
        .deleteFrom('audit_events')
        .where('id', 'in', (eb) =>
          eb.selectFrom('audit_events').select('id').where('id', '<', before).orderBy('id').limit(AT_ONCE),
        )
        .executeTakeFirstOrThrow(),
    )
    gone += Number(numDeletedRows)
    isLast = numDeletedRows < AT_ONCE
    await yieldToEventLoop()
  }
  return gone
}
