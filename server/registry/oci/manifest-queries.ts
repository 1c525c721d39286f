import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { ManifestRow, Schema } from '../../db/schema.ts'
import { resolveDigest } from './digest-queries.ts'

/** Where a manifest is looked for. */
export interface InRepository {
  readonly namespaceId: string
  /** Below the namespace. */
  readonly name: string
}

/** The manifest of this digest. */
export async function findManifest(
  db: Kysely<Schema>,
  repository: InRepository,
  digest: Digest | `sha512:${string}`,
): Promise<ManifestRow | undefined> {
  const kept = await resolveDigest(db, digest)
  if (kept === undefined) return undefined
  return manifestsIn(db, repository).where('manifests.digest', '=', kept).executeTakeFirst()
}

/** The manifest that this tag points at. */
export async function findTagged(
  db: Kysely<Schema>,
  repository: InRepository,
  tag: string,
): Promise<ManifestRow | undefined> {
  return manifestsIn(db, repository)
    .innerJoin('tags', (join) =>
      join
        .onRef('tags.repository_id', '=', 'repositories.id')
        .onRef('tags.manifest_id', '=', 'manifests.id')
        .on('tags.name', '=', tag),
    )
    .executeTakeFirst()
}

function manifestsIn(db: Kysely<Schema>, { namespaceId, name }: InRepository) {
  return db
    .selectFrom('repositories')
    .innerJoin('manifests', 'manifests.repository_id', 'repositories.id')
    .selectAll('manifests')
    .where('repositories.namespace_id', '=', namespaceId)
    .where('repositories.name', '=', name)
}

/** A manifest that is about another one. */
export interface Referrer
  extends Pick<ManifestRow, 'digest' | 'size' | 'media_type' | 'artifact_type' | 'config_media_type'> {
  /** Null where the annotations are longer than a listing shows. */
  readonly annotations_json: string | null
}

export interface ReferrersQuery {
  /** Names of the same bytes. */
  readonly subjects: readonly string[]
  readonly artifactType: string | undefined
  /** Only those whose digests come after this one. */
  readonly after: string
  readonly limit: number
  /** Bytes of the annotations of one manifest that are read at most, … */
  readonly longestAnnotations: number
  /** … of those of a page together, … */
  readonly bytes: number
  /** … and of the manifests themselves, which SQLite reads through to get at their annotations. */
  readonly contentBytes: number
}

/** The manifests that are about `subjects`, in order of digests: a page that ends where it is full. */
export async function listReferrers(
  db: Kysely<Schema>,
  repositoryId: string,
  wanted: ReferrersQuery,
): Promise<{ readonly rows: Referrer[]; readonly isLast: boolean }> {
  const { artifactType, longestAnnotations } = wanted
  const annotationBytes = sql<number>`octet_length(annotations_json)`
  let matching = db
    .selectFrom('manifests')
    .select(['digest', 'size', annotationBytes.as('bytes')])
    .where('repository_id', '=', repositoryId)
    .where('subject', 'in', wanted.subjects)
    .where('digest', '>', wanted.after as Digest) // any text may be compared with
  if (artifactType !== undefined) {
    matching = matching.where((eb) => eb(eb.fn.coalesce('artifact_type', 'config_media_type'), '=', artifactType))
  }
  // Sizes are read first: what makes the page too large is never read.
  const sizes = await matching.orderBy('digest').limit(wanted.limit).execute()
  let bytes = 0
  let contentBytes = 0
  const end = sizes.findIndex((row, index) => {
    if (row.bytes > longestAnnotations) return false
    bytes += row.bytes
    contentBytes += row.size
    return index > 0 && (bytes > wanted.bytes || contentBytes > wanted.contentBytes)
  })
  const page = end < 0 ? sizes : sizes.slice(0, end)
  if (page.length === 0) return { rows: [], isLast: true }
  const annotations = sql<
    string | null
  >`case when ${annotationBytes} <= ${longestAnnotations} then annotations_json end`
  const rows = await db
    .selectFrom('manifests')
    .select(['digest', 'size', 'media_type'])
    .select([shortened('artifact_type').as('artifact_type'), shortened('config_media_type').as('config_media_type')])
    .select(annotations.as('annotations_json'))
    .where('repository_id', '=', repositoryId)
    .where('digest', 'in', padToPowerOfTwo(page.map(({ digest }) => digest)))
    .orderBy('digest')
    .execute()
  return { rows, isLast: end < 0 && sizes.length < wanted.limit }
}

/** A type as lists show it: before there was a bound, it may have been of any length. RFC 6838, 4.2. */
export function shortened(column: 'artifact_type' | 'config_media_type') {
  return sql<string | null>`substr(${sql.ref(column)}, 1, 255)`
}

/** The tags of a repository in order of bytes, those after `after` alone. */
export async function listTags(
  db: Kysely<Schema>,
  repositoryId: string,
  wanted: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('tags')
    .select('name')
    .where('repository_id', '=', repositoryId)
    .where('name', '>', wanted.after)
    .orderBy('name')
    .limit(wanted.limit)
    .execute()
  return rows.map(({ name }) => name)
}

/** The tags on each of these manifests, by its row's ID: the first `limit` in order of names, and how many there are. */
export async function listTagsOfManifests(
  db: Kysely<Schema>,
  ids: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, { readonly names: string[]; readonly total: number }>> {
  if (ids.length === 0) return new Map()
  const counts = await db
    .selectFrom('tags')
    .select((eb) => ['manifest_id', eb.fn.countAll<number>().as('total')])
    .where('manifest_id', 'in', ids)
    .groupBy('manifest_id')
    .execute()
  const first = await db
    .selectFrom('manifests as m')
    .innerJoin('tags as t', 't.manifest_id', 'm.id')
    .select(['m.id', 't.name'])
    .where('m.id', 'in', ids)
    // The last that is wanted; where there are fewer, more than any tag's letters.
    .where(
      sql<boolean>`t.name <= coalesce((
        select l.name from tags l where l.manifest_id = m.id order by l.name limit 1 offset ${limit - 1}
      ), '~')`,
    )
    .orderBy('m.id')
    .orderBy('t.name')
    .execute()
  const names = Map.groupBy(first, ({ id }) => id)
  return new Map(
    counts.map(({ manifest_id, total }) => [
      manifest_id,
      { names: (names.get(manifest_id) ?? []).map(({ name }) => name), total },
    ]),
  )
}

/** The digests of these manifests, by their rows' IDs. */
export async function findDigests(db: Kysely<Schema>, ids: readonly string[]): Promise<ReadonlyMap<string, Digest>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('manifests').select(['id', 'digest']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, digest }) => [id, digest]))
}
