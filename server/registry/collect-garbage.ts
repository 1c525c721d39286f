import type { Digest } from '../blobs/blob-store.ts'
import {
  findGarbageArchives,
  findGarbageBlobs,
  findGarbageLinks,
  findGarbageManifests,
  findGarbageRepositories,
  isUnneeded,
  type Slice,
} from '../db/garbage.ts'
import { yieldToEventLoop } from '../db/yield-to-event-loop.ts'
import { isClaimed } from './claim-blob.ts'
import { deleteManifestRows } from './oci/delete-manifest-rows.ts'
import type { Registry } from './registry.ts'

/** A blob has been “deleting” for so long that whoever deletes it must have died, in milliseconds. */
const ABANDONED_AFTER = 60_000
/** An upload that nobody has appended to for so long is dropped, in milliseconds. */
const UPLOAD_KEPT_FOR = 24 * 60 * 60 * 1000

/** How many of each went. */
export interface Collected {
  readonly manifests: number
  readonly archives: number
  readonly blobs: number
}

/**
 * Takes away what nobody has needed for the registry's time of grace, while everybody goes on writing: uploads that
 * were left, manifests without a tag, archives without a version, links without a manifest, and then bytes. Each thing
 * is found by reading and looked at again in the transaction that takes it; the bytes go as `BlobState` says, in a
 * first run from `live` to `candidate`, and in a later one to `deleting` and away.
 */
export async function collectGarbage(registry: Registry): Promise<Collected> {
  const before = new Date(Date.parse(registry.now()) - registry.grace).toISOString()
  await registry.blobs.discardUploads(new Date(Date.now() - UPLOAD_KEPT_FOR).toISOString())
  await finishAbandoned(registry)
  const manifests = await collectManifests(registry, before)
  const archives = await collectArchives(registry, before)
  await collectLinks(registry, before)
  await collectRepositories(registry, before)
  return { manifests, archives, blobs: await collectBlobs(registry, before) }
}

async function collectManifests(registry: Registry, before: string): Promise<number> {
  return sweep(
    (after: string | null) => findGarbageManifests(registry.database.read, before, { after: after ?? '' }),
    ({ id }) =>
      registry.database.write(async (transaction) => {
        const [manifest] = (await findGarbageManifests(transaction, before, { id })).garbage
        if (manifest) await deleteManifestRows(transaction, manifest.instance_id, [manifest.id], registry.now())
        return manifest !== undefined
      }),
  )
}

async function collectArchives(registry: Registry, before: string): Promise<number> {
  return sweep(
    (after: string | null) => findGarbageArchives(registry.database.read, before, after ?? ''),
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

async function collectLinks(registry: Registry, before: string): Promise<number> {
  return sweep(
    (after: { repository_id: string; digest: Digest } | null) =>
      findGarbageLinks(registry.database.read, before, after),
    ({ repository_id, digest }) =>
      registry.database.write(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('repository_blobs')
          .where('repository_id', '=', repository_id)
          .where('digest', '=', digest)
          .where('touched_at', '<', before)
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

async function collectRepositories(registry: Registry, before: string): Promise<void> {
  await sweep(
    (after: string | null) => findGarbageRepositories(registry.database.read, before, { after: after ?? '' }),
    ({ id }) =>
      registry.database.write(async (transaction) => {
        const { garbage } = await findGarbageRepositories(transaction, before, { id })
        if (garbage.length > 0) await transaction.deleteFrom('repositories').where('id', '=', id).execute()
        return garbage.length > 0
      }),
  )
}

async function collectBlobs(registry: Registry, before: string): Promise<number> {
  return sweep(
    (after: string | null) => findGarbageBlobs(registry.database.read, before, after ?? ''),
    async ({ digest, state }) => {
      if (state === 'live') await moveBlob(registry, digest, { from: 'live', to: 'candidate', before })
      if (state !== 'candidate') return false
      if (!(await moveBlob(registry, digest, { from: 'candidate', to: 'deleting', before }))) return false
      await removeBlob(registry, digest)
      return true
    },
  )
}

interface Move {
  readonly from: 'live' | 'candidate'
  readonly to: 'candidate' | 'deleting'
  readonly before: string
}

/** One conditional update: nobody refers to the blob, nobody has needed it lately, and nobody is about to commit it. */
async function moveBlob(registry: Registry, digest: Digest, { from, to, before }: Move): Promise<boolean> {
  return registry.database.write(async (transaction) => {
    if (isClaimed(registry, digest)) return false
    const { numUpdatedRows } = await transaction
      .updateTable('blobs')
      .set(to === 'deleting' ? { state: to, touched_at: registry.now() } : { state: to })
      .where('digest', '=', digest)
      .where('state', '=', from)
      .where('touched_at', '<', before)
      .where(isUnneeded)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  })
}

async function removeBlob(registry: Registry, digest: Digest): Promise<void> {
  await registry.blobs.remove(digest)
  await registry.database.write(async (transaction) => {
    await transaction.deleteFrom('digest_aliases').where('digest', '=', digest).execute()
    await transaction.deleteFrom('blobs').where('digest', '=', digest).where('state', '=', 'deleting').execute()
  })
}

/** Goes on with what a process that died was deleting. */
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

/** Looks through a table slice by slice and takes what is found; answers with how many were taken. */
async function sweep<T, Key>(
  find: (after: Key | null) => Promise<Slice<T, Key>>,
  take: (garbage: T) => Promise<boolean>,
): Promise<number> {
  let taken = 0
  for (let after: Key | null = null, isLast = false; !isLast; ) {
    const { garbage, next }: Slice<T, Key> = await find(after)
    for (const row of garbage) if (await take(row)) taken++
    after = next
    isLast = next === null
    await yieldToEventLoop()
  }
  return taken
}
