import type { Kysely } from 'kysely'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

/** Repositories with all their manifests, and versions, per query: each takes some milliseconds. */
const AT_ONCE = 100
const VERSIONS_AT_ONCE = 1000

/** A blob that a manifest or a version refers to. */
interface Part {
  readonly digest: string
  readonly size: number
}

/**
 * Returns the total size in bytes of the distinct blobs that these namespaces refer to. Unlike `used_blobs`, which
 * counts per instance, it reveals nothing about other namespaces. Yields to the event loop between queries.
 */
export async function instanceStorage(db: Kysely<Schema>, namespaceIds: readonly string[]): Promise<number> {
  const sizes = new Map<string, number>()
  for (const namespace of namespaceIds) {
    await addPages(sizes, (after) => manifestParts(db, namespace, after))
    await addPages(sizes, (after) => archiveParts(db, namespace, after))
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}

interface Page {
  readonly parts: readonly Part[]
  /** Key after which the next page begins; undefined for the last page. */
  readonly last: string | undefined
}

async function addPages(sizes: Map<string, number>, read: (after: string) => Promise<Page>): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { parts, last }: Page = await read(after)
    for (const { digest, size } of parts) sizes.set(digest, size)
    after = last
    await yieldToEventLoop()
  }
}

async function manifestParts(db: Kysely<Schema>, namespaceId: string, after: string): Promise<Page> {
  const rows = await db
    .selectFrom('repositories')
    .select(['id', 'name'])
    .where('namespace_id', '=', namespaceId)
    .where('name', '>', after)
    .orderBy('name')
    .limit(AT_ONCE)
    .execute()
  if (rows.length === 0) return { parts: [], last: undefined }
  const parts = await db
    .selectFrom('manifests as m')
    .innerJoin('manifest_blobs as p', 'p.manifest_id', 'm.id')
    .innerJoin('blobs as b', 'b.digest', 'p.digest')
    .select(['b.digest', 'b.size'])
    .where('m.repository_id', 'in', padToPowerOfTwo(rows.map(({ id }) => id)))
    .execute()
  return { parts, last: rows.length < AT_ONCE ? undefined : rows.at(-1)?.name }
}

async function archiveParts(db: Kysely<Schema>, namespaceId: string, after: string): Promise<Page> {
  const rows = await db
    .selectFrom('versions as v')
    .leftJoin('archives as a', (join) => join.onRef('a.id', '=', 'v.archive_id').on('v.manifest_id', 'is', null))
    .select(['v.file_name', 'a.digest', 'a.provenance_digest'])
    .where('v.namespace_id', '=', namespaceId)
    .where('v.file_name', '>', after)
    .orderBy('v.file_name')
    .limit(VERSIONS_AT_ONCE)
    .execute()
  const digests = new Set(
    rows.flatMap((row) => [row.digest, row.provenance_digest]).filter((digest) => digest !== null),
  )
  const parts =
    digests.size === 0
      ? []
      : await db
          .selectFrom('blobs')
          .select(['digest', 'size'])
          .where('digest', 'in', padToPowerOfTwo([...digests]))
          .execute()
  return { parts, last: rows.length < VERSIONS_AT_ONCE ? undefined : rows.at(-1)?.file_name }
}
