import type { Digest } from '../../blobs/blob-store.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { deleteDamage } from '../blobs/damaged-blobs.ts'
import { isPinned } from '../blobs/pin-blob.ts'
import type { Registry } from '../core/registry.ts'
import { deleteManifestRows } from '../deletion/delete-manifest-rows.ts'
import { openUploads } from '../oci/open-uploads.ts'
import {
  type Cutoffs,
  findGarbageArchives,
  findGarbageBlobs,
  findGarbageLinks,
  findGarbageManifests,
  findGarbageRepositories,
  isUnreferenced,
  type Slice,
} from './garbage-queries.ts'
import { sweepOrphans } from './sweep-orphans.ts'

/** Time after which a blob in the state `deleting` was left by a crashed process, in milliseconds. */
const ABANDONED_AFTER = 60_000
/** Time that a client may pause during an upload before it counts as abandoned, in milliseconds. */
const UPLOAD_PAUSE = 60 * 60 * 1000

/** Numbers of deleted rows, and the size of the deleted blobs in bytes. */
export interface Collected {
  readonly manifests: number
  readonly archives: number
  readonly blobs: number
  readonly bytes: number
}

/**
 * Deletes content that has been unused for the registry's grace period, while other requests go on writing: abandoned
 * uploads, manifests without a tag, archives without a version, links without a manifest, then blobs. Candidates are
 * found by reading, and checked again in the transaction that deletes them. Blobs take two runs, as `BlobState` says:
 * `live` to `candidate` in the first, `deleting` and gone in a later one. When `signal` is aborted, stops before the
 * next deletion and throws its reason.
 */
export async function collectGarbage(registry: Registry, signal?: AbortSignal): Promise<Collected> {
  const before = new Date(Date.parse(registry.now()) - registry.grace).toISOString()
  await discardUploads(registry, Math.max(registry.grace, UPLOAD_PAUSE))
  return collect(registry, { touched: before, released: before }, signal)
}

/**
 * Deletes released content and unreferenced blobs, orphans included, without waiting for the grace period. Content that
 * may belong to a push in progress stays: blobs pushed, mounted or requested that no manifest uses yet, manifests
 * without a tag, pinned blobs, and uploads appended to within the last hour. Pins are known to this process only.
 * `signal` as in {@link collectGarbage}.
 */
export async function collectGarbageAtOnce(registry: Registry, signal?: AbortSignal): Promise<Collected> {
  const now = Date.parse(registry.now())
  const cutoffs = {
    touched: new Date(now - registry.grace).toISOString(),
    // Just after now, to include what was deleted in this very millisecond.
    released: new Date(now + 1).toISOString(),
  }
  await discardUploads(registry, UPLOAD_PAUSE)
  await sweepOrphans(registry, ago(0), signal)
  const first = await collect(registry, cutoffs, signal)
  // Deletes the candidates of the first run.
  const second = await collectBlobs(registry, cutoffs, signal)
  return { ...first, blobs: first.blobs + second.blobs, bytes: first.bytes + second.bytes }
}

async function collect(registry: Registry, cutoffs: Cutoffs, signal: AbortSignal | undefined): Promise<Collected> {
  await finishAbandoned(registry)
  const manifests = await collectManifests(registry, cutoffs, signal)
  const archives = await collectArchives(registry, cutoffs, signal)
  await collectLinks(registry, cutoffs, signal)
  await collectRepositories(registry, cutoffs, signal)
  return { manifests, archives, ...(await collectBlobs(registry, cutoffs, signal)) }
}

/** Discards uploads without activity for `idle` milliseconds. */
async function discardUploads(registry: Registry, idle: number): Promise<void> {
  await registry.blobs.discardUploads(ago(idle))
  openUploads(registry).forgetIdle(idle)
}

/** Returns the time `milliseconds` ago on the clock of the blob store, ISO. */
function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString()
}

async function collectManifests(
  registry: Registry,
  cutoffs: Cutoffs,
  signal: AbortSignal | undefined,
): Promise<number> {
  return sweep(
    signal,
    (after: string | null) => findGarbageManifests(registry.database.read, cutoffs, { after: after ?? '' }),
    ({ id }) =>
      registry.database.write(async (transaction) => {
        const [manifest] = (await findGarbageManifests(transaction, cutoffs, { id })).garbage
        if (manifest) await deleteManifestRows(transaction, manifest.instance_id, [manifest.id], registry.now())
        return manifest !== undefined
      }),
  )
}

async function collectArchives(registry: Registry, cutoffs: Cutoffs, signal: AbortSignal | undefined): Promise<number> {
  return sweep(
    signal,
    (after: string | null) => findGarbageArchives(registry.database.read, cutoffs, after ?? ''),
    ({ id }) =>
      registry.database.write(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('archives')
          .where('id', '=', id)
          .where((eb) => eb.not(eb.exists(eb.selectFrom('versions').select('id').where('archive_id', '=', id))))
          .executeTakeFirstOrThrow()
        return numDeletedRows > 0n
      }),
  )
}

async function collectLinks(registry: Registry, cutoffs: Cutoffs, signal: AbortSignal | undefined): Promise<number> {
  return sweep(
    signal,
    (after: { repository_id: string; digest: Digest } | null) =>
      findGarbageLinks(registry.database.read, cutoffs, after),
    ({ repository_id, digest }) =>
      registry.database.write(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('repository_blobs')
          .where('repository_id', '=', repository_id)
          .where('digest', '=', digest)
          .where((eb) => eb.or([eb('touched_at', '<', cutoffs.touched), eb('released_at', '<', cutoffs.released)]))
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('manifest_blobs')
                  .innerJoin('manifests', 'manifests.id', 'manifest_blobs.manifest_id')
                  .select('manifests.id')
                  .where('manifest_blobs.digest', '=', digest)
                  .where('manifests.repository_id', '=', repository_id),
              ),
            ),
          )
          .executeTakeFirstOrThrow()
        return numDeletedRows > 0n
      }),
  )
}

async function collectRepositories(
  registry: Registry,
  cutoffs: Cutoffs,
  signal: AbortSignal | undefined,
): Promise<void> {
  await sweep(
    signal,
    (after: string | null) => findGarbageRepositories(registry.database.read, cutoffs, { after: after ?? '' }),
    ({ id }) =>
      registry.database.write(async (transaction) => {
        const { garbage } = await findGarbageRepositories(transaction, cutoffs, { id })
        if (garbage.length > 0) await transaction.deleteFrom('repositories').where('id', '=', id).execute()
        return garbage.length > 0
      }),
  )
}

async function collectBlobs(
  registry: Registry,
  cutoffs: Cutoffs,
  signal: AbortSignal | undefined,
): Promise<Pick<Collected, 'blobs' | 'bytes'>> {
  let bytes = 0
  const blobs = await sweep(
    signal,
    (after: string | null) => findGarbageBlobs(registry.database.read, cutoffs, after ?? ''),
    async ({ digest, size, state }) => {
      if (state === 'live') await moveBlob(registry, digest, { from: 'live', to: 'candidate' }, cutoffs)
      if (state !== 'candidate') return false
      if (!(await moveBlob(registry, digest, { from: 'candidate', to: 'deleting' }, cutoffs))) return false
      await removeBlob(registry, digest)
      bytes += size
      return true
    },
  )
  return { blobs, bytes }
}

interface Move {
  readonly from: 'live' | 'candidate'
  readonly to: 'candidate' | 'deleting'
}

/** Changes the state of a blob if it is unreferenced, past its grace period and not pinned. Returns whether it did. */
async function moveBlob(
  registry: Registry,
  digest: Digest,
  { from, to }: Move,
  { released }: Cutoffs,
): Promise<boolean> {
  return registry.database.write(async (transaction) => {
    if (isPinned(registry, digest)) return false
    const { numUpdatedRows } = await transaction
      .updateTable('blobs')
      .set(to === 'deleting' ? { state: to, touched_at: registry.now() } : { state: to })
      .where('digest', '=', digest)
      .where('state', '=', from)
      .where('touched_at', '<', released)
      .where(isUnreferenced)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  })
}

async function removeBlob(registry: Registry, digest: Digest): Promise<void> {
  await registry.blobs.remove(digest)
  await registry.database.write(async (transaction) => {
    await deleteDamage(transaction, digest)
    await transaction.deleteFrom('digest_aliases').where('digest', '=', digest).execute()
    await transaction.deleteFrom('blobs').where('digest', '=', digest).where('state', '=', 'deleting').execute()
  })
}

/** Finishes the deletions of crashed processes. */
async function finishAbandoned(registry: Registry): Promise<void> {
  const before = new Date(Date.parse(registry.now()) - ABANDONED_AFTER).toISOString()
  const rows = await registry.database.read
    .selectFrom('blobs')
    .select('digest')
    .where('state', '=', 'deleting')
    .where('touched_at', '<', before)
    .execute()
  for (const { digest } of rows) await removeBlob(registry, digest)
}

/** Scans a table in slices and calls `remove` for each garbage row. Returns how many calls returned true. */
async function sweep<T, Key>(
  signal: AbortSignal | undefined,
  find: (after: Key | null) => Promise<Slice<T, Key>>,
  remove: (garbage: T) => Promise<boolean>,
): Promise<number> {
  let removed = 0
  for (let after: Key | null = null, isLast = false; !isLast; ) {
    const { garbage, next }: Slice<T, Key> = await find(after)
    for (const row of garbage) {
      signal?.throwIfAborted()
      if (await remove(row)) removed++
    }
    after = next
    isLast = next === null
    await yieldToEventLoop()
  }
  return removed
}
