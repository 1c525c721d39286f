import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { BlobState } from '../../db/schema.ts'
import { isPinned } from '../blobs/pin-blob.ts'
import type { Registry } from '../core/registry.ts'
import { type Cutoffs, findGarbageBlobs, isUnreferenced } from './garbage-queries.ts'
import { sweep } from './sweep.ts'

/** Time after which a blob in the state `deleting` was left by a crashed process, in milliseconds. */
const ABANDONED_AFTER = 60_000
/** Limit of blobs that are in the state `deleting` at once: a push of one of them waits until all are deleted. */
const AT_ONCE = 32

/**
 * Deletes unreferenced blobs in two runs, as `BlobState` says: moves live ones to `candidate`, and deletes those that were
 * candidates before. Returns their number and total size in bytes.
 */
export async function collectBlobs(
  registry: Registry,
  cutoffs: Cutoffs,
  signal: AbortSignal | undefined,
): Promise<{ readonly blobs: number; readonly bytes: number }> {
  let bytes = 0
  const blobs = await sweep(
    signal,
    (after: string | null) => findGarbageBlobs(registry.database.read, cutoffs, after ?? ''),
    async (rows) => {
      const inState = (wanted: BlobState) => rows.filter(({ state }) => state === wanted).map(({ digest }) => digest)
      await moveBlobs(registry, inState('live'), { from: 'live', to: 'candidate' }, cutoffs)
      const sizes = new Map(rows.map(({ digest, size }) => [digest, size]))
      const candidates = inState('candidate')
      let removed = 0
      for (let start = 0; start < candidates.length; start += AT_ONCE) {
        signal?.throwIfAborted()
        const some = candidates.slice(start, start + AT_ONCE)
        const deleted = await moveBlobs(registry, some, { from: 'candidate', to: 'deleting' }, cutoffs)
        await removeBlobs(registry, deleted)
        removed += deleted.length
        for (const digest of deleted) bytes += sizes.get(digest) ?? 0
      }
      return removed
    },
  )
  return { blobs, bytes }
}

interface Move {
  readonly from: 'live' | 'candidate'
  readonly to: 'candidate' | 'deleting'
}

/** Changes the state of those blobs that are unreferenced, past their grace period and not pinned. Returns them. */
async function moveBlobs(
  registry: Registry,
  digests: readonly Digest[],
  { from, to }: Move,
  { released }: Cutoffs,
): Promise<Digest[]> {
  if (digests.length === 0) return []
  return registry.database.write(async (transaction) => {
    const free = digests.filter((digest) => !isPinned(registry, digest))
    if (free.length === 0) return []
    const rows = await transaction
      .updateTable('blobs')
      .set(to === 'deleting' ? { state: to, touched_at: registry.now() } : { state: to })
      .where('digest', 'in', padToPowerOfTwo(free))
      .where('state', '=', from)
      .where('touched_at', '<', released)
      .where(isUnreferenced)
      .returning('digest')
      .execute()
    return rows.map(({ digest }) => digest)
  })
}

/** Removes the files of blobs in the state `deleting`, then their rows. */
async function removeBlobs(registry: Registry, digests: readonly Digest[]): Promise<void> {
  if (digests.length === 0) return
  await Promise.all(digests.map((digest) => registry.blobs.remove(digest)))
  const chosen = padToPowerOfTwo(digests)
  await registry.database.write(async (transaction) => {
    await transaction.deleteFrom('damaged_blobs').where('digest', 'in', chosen).execute()
    await transaction.deleteFrom('digest_aliases').where('digest', 'in', chosen).execute()
    await transaction.deleteFrom('blobs').where('digest', 'in', chosen).where('state', '=', 'deleting').execute()
  })
}

/** Finishes the deletions of crashed processes. */
export async function finishAbandoned(registry: Registry): Promise<void> {
  const before = new Date(Date.parse(registry.now()) - ABANDONED_AFTER).toISOString()
  const rows = await registry.database.read
    .selectFrom('blobs')
    .select('digest')
    .where('state', '=', 'deleting')
    .where('touched_at', '<', before)
    .execute()
  const digests = rows.map(({ digest }) => digest)
  for (let start = 0; start < digests.length; start += AT_ONCE) {
    await removeBlobs(registry, digests.slice(start, start + AT_ONCE))
  }
}
