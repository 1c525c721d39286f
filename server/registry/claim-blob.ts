import { setTimeout as sleep } from 'node:timers/promises'
import type { Digest } from '../blobs/blob-store.ts'
import type { Registry } from './registry.ts'

/** The collector takes nothing that was touched within 24 hours; half of that is soon enough to touch it again. */
const TOUCHED_LATELY = 12 * 60 * 60 * 1000
/** How often, and at what distance in milliseconds, to look whether the collector is done with a blob. */
const LOOKS = 100
const BETWEEN_LOOKS = 50

/**
 * Keeps the collector from taking bytes that are about to be committed: committing what is there already changes
 * nothing that the collector would see. Bytes that it is taking are waited for until they are gone.
 */
export async function claimBlob(registry: Registry, digest: Digest): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const row = await registry.database.read
      .selectFrom('blobs')
      .select(['state', 'touched_at'])
      .where('digest', '=', digest)
      .executeTakeFirst()
    const now = registry.now()
    if (!row) return
    if (row.state === 'live' && Date.parse(now) - Date.parse(row.touched_at) < TOUCHED_LATELY) return
    if (row.state !== 'deleting' && (await touch(registry, digest, now))) return
    await sleep(BETWEEN_LOOKS)
  }
  throw new Error(`The blob ${digest} has been “deleting” for too long.`)
}

async function touch(registry: Registry, digest: Digest, now: string): Promise<boolean> {
  const { numUpdatedRows } = await registry.database.write((transaction) =>
    transaction
      .updateTable('blobs')
      .set({ state: 'live', touched_at: now })
      .where('digest', '=', digest)
      .where('state', '!=', 'deleting')
      .executeTakeFirstOrThrow(),
  )
  return numUpdatedRows > 0n
}
