import { requestJob } from '../../jobs/job-queries.ts'
import { type Actor, recordEvent } from '../audit/record-event.ts'
import type { Registry } from '../core/registry.ts'

/** Requests a garbage collection without the grace period. If one is running, another follows it. */
export async function requestCollection({ database, now }: Registry, actor: Actor): Promise<void> {
  await database.write(async (transaction) => {
    await recordEvent(transaction, actor, { action: 'garbage.collect' }, now())
    await requestJob(transaction, 'garbage-collection', now(), { immediate: true })
  })
}
