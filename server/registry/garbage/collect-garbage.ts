import type { Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { deleteManifestRows } from '../deletion/delete-manifest-rows.ts'
import { openUploads } from '../oci/open-uploads.ts'
import { collectBlobs, finishAbandoned } from './collect-blobs.ts'
import {
  type Cutoffs,
  findGarbageArchives,
  findGarbageLinks,
  findGarbageManifests,
  findGarbageRepositories,
  type GarbageLink,
} from './garbage-queries.ts'
import { sweep } from './sweep.ts'
import { sweepOrphans } from './sweep-orphans.ts'

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
    (rows) =>
      registry.database.write(async (transaction) => {
        const { garbage } = await findGarbageManifests(transaction, cutoffs, { ids: rows.map(({ id }) => id) })
        for (const [instance, manifests] of Map.groupBy(garbage, ({ instance_id }) => instance_id)) {
          const ids = manifests.map(({ id }) => id)
          await deleteManifestRows(transaction, instance, ids, registry.now())
        }
        return garbage.length
      }),
  )
}

async function collectArchives(registry: Registry, cutoffs: Cutoffs, signal: AbortSignal | undefined): Promise<number> {
  return sweep(
    signal,
    (after: string | null) => findGarbageArchives(registry.database.read, cutoffs, after ?? ''),
    (rows) =>
      registry.database.write(async (transaction) => {
        const ids = padToPowerOfTwo(rows.map(({ id }) => id))
        const { numDeletedRows } = await transaction
          .deleteFrom('archives')
          .where('id', 'in', ids)
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('versions').select('versions.id').whereRef('archive_id', '=', 'archives.id'))),
          )
          .executeTakeFirstOrThrow()
        return Number(numDeletedRows)
      }),
  )
}

async function collectLinks(registry: Registry, cutoffs: Cutoffs, signal: AbortSignal | undefined): Promise<number> {
  return sweep(
    signal,
    (after: GarbageLink | null) => findGarbageLinks(registry.database.read, cutoffs, after),
    (rows) =>
      registry.database.write(async (transaction) => {
        let deleted = 0
        for (const [repository, links] of Map.groupBy(rows, ({ repository_id }) => repository_id)) {
          const digests = links.map(({ digest }) => digest)
          deleted += await deleteUnusedLinks(transaction, repository, digests, cutoffs)
        }
        return deleted
      }),
  )
}

async function deleteUnusedLinks(
  transaction: Transaction<Schema>,
  repositoryId: string,
  digests: readonly Digest[],
  { touched, released }: Cutoffs,
): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('repository_blobs')
    .where('repository_id', '=', repositoryId)
    .where('digest', 'in', padToPowerOfTwo(digests))
    .where((eb) => eb.or([eb('touched_at', '<', touched), eb('released_at', '<', released)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('manifest_blobs')
            .innerJoin('manifests', 'manifests.id', 'manifest_blobs.manifest_id')
            .select('manifests.id')
            .whereRef('manifest_blobs.digest', '=', 'repository_blobs.digest')
            .where('manifests.repository_id', '=', repositoryId),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

async function collectRepositories(
  registry: Registry,
  cutoffs: Cutoffs,
  signal: AbortSignal | undefined,
): Promise<void> {
  await sweep(
    signal,
    (after: string | null) => findGarbageRepositories(registry.database.read, cutoffs, { after: after ?? '' }),
    (rows) =>
      registry.database.write(async (transaction) => {
        const { garbage } = await findGarbageRepositories(transaction, cutoffs, { ids: rows.map(({ id }) => id) })
        const ids = garbage.map(({ id }) => id)
        if (ids.length > 0)
          await transaction.deleteFrom('repositories').where('id', 'in', padToPowerOfTwo(ids)).execute()
        return ids.length
      }),
  )
}
