import { setTimeout as sleep } from 'node:timers/promises'
import type { Digest } from '../../blobs/blob-store.ts'
import { prepared } from '../../db/prepared.ts'
import type { Registry } from '../core/registry.ts'

/** Polling for the end of a blob's deletion: number of attempts, and interval in milliseconds. */
const ATTEMPTS = 100
const INTERVAL = 50

/** Number of pins of each blob in this process. */
const pins = new WeakMap<Registry, Map<Digest, number>>()

/**
 * Protects a blob that is about to be committed from garbage collection until the pin is disposed of: committing an
 * existing blob changes no row that the collection checks. Waits while the blob is being deleted. A collection in
 * another process is kept away by the grace period of recently touched blobs.
 */
export async function pinBlob(registry: Registry, digest: Digest): Promise<Disposable> {
  const counts = pins.get(registry) ?? new Map<Digest, number>()
  pins.set(registry, counts)
  counts.set(digest, (counts.get(digest) ?? 0) + 1)
  const release = () => {
    const left = (counts.get(digest) ?? 0) - 1
    if (left > 0) counts.set(digest, left)
    else counts.delete(digest)
  }
  try {
    await makeLive(registry, digest)
  } catch (error) {
    release()
    throw error
  }
  return { [Symbol.dispose]: release }
}

/** Returns whether this process has pinned the blob. */
export function isPinned(registry: Registry, digest: Digest): boolean {
  return pins.get(registry)?.has(digest) ?? false
}

const blobStates = prepared((db, { digest }: { digest: Digest }) =>
  db.selectFrom('blobs').select(['state', 'touched_at']).where('digest', '=', digest),
)

async function makeLive(registry: Registry, digest: Digest): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [row] = await blobStates(registry.database.read, { digest })
    const now = registry.now()
    if (!row) return
    // Touches the blob again after half of the grace period, to limit writes.
    if (row.state === 'live' && Date.parse(now) - Date.parse(row.touched_at) < registry.grace / 2) return
    if (row.state !== 'deleting' && (await touch(registry, digest, now))) return
    await sleep(INTERVAL)
  }
  throw new Error(`The blob ${digest} has been in the state “deleting” for too long.`)
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
