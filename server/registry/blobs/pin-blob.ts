import { setTimeout as sleep } from 'node:timers/promises'
import type { Digest } from '../../blobs/blob-store.ts'
import { prepared } from '../../db/prepared.ts'
import type { Registry } from '../core/registry.ts'

/** How often, and at what distance in milliseconds, to look whether the collector is done with a blob. */
const LOOKS = 100
const BETWEEN_LOOKS = 50

/** How many in this process are about to commit a blob. */
const claims = new WeakMap<Registry, Map<Digest, number>>()

/**
 * Keeps the collector from taking bytes that are about to be committed, until the claim is disposed of: committing what
 * is there already changes nothing that the collector would see. Bytes that it is taking are waited for until they are
 * gone. A collector in another process is kept away by the time that it leaves to what was touched lately.
 */
export async function pinBlob(registry: Registry, digest: Digest): Promise<Disposable> {
  const counts = claims.get(registry) ?? new Map<Digest, number>()
  claims.set(registry, counts)
  counts.set(digest, (counts.get(digest) ?? 0) + 1)
  const release = () => {
    const left = (counts.get(digest) ?? 0) - 1
    if (left > 0) counts.set(digest, left)
    else counts.delete(digest)
  }
  try {
    await takeBack(registry, digest)
  } catch (error) {
    release()
    throw error
  }
  return { [Symbol.dispose]: release }
}

/** Whether somebody in this process is about to commit these bytes. */
export function isPinned(registry: Registry, digest: Digest): boolean {
  return claims.get(registry)?.has(digest) ?? false
}

const blobStates = prepared((db, { digest }: { digest: Digest }) =>
  db.selectFrom('blobs').select(['state', 'touched_at']).where('digest', '=', digest),
)

async function takeBack(registry: Registry, digest: Digest): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const [row] = await blobStates(registry.database.read, { digest })
    const now = registry.now()
    if (!row) return
    // The collector takes nothing that was touched within its time of grace; half of that is soon enough to touch again.
    if (row.state === 'live' && Date.parse(now) - Date.parse(row.touched_at) < registry.grace / 2) return
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
