import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { ManifestRow, Schema } from '../../db/schema.ts'
import { resolveDigest } from './digest-queries.ts'

/** A repository by its namespace and name. */
export interface InRepository {
  readonly namespaceId: string
  /** Name below the namespace. */
  readonly name: string
}

/** Returns the manifest with this digest; undefined if the repository does not contain it. */
export async function findManifest(
  db: Kysely<Schema>,
  repository: InRepository,
  digest: Digest | `sha512:${string}`,
): Promise<ManifestRow | undefined> {
  const canonical = await resolveDigest(db, digest)
  if (canonical === undefined) return undefined
  return manifestsIn(db, repository).where('manifests.digest', '=', canonical).executeTakeFirst()
}

/** Returns the manifest that this tag points to. */
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

/** A manifest whose subject is another manifest. */
export interface Referrer
  extends Pick<ManifestRow, 'digest' | 'size' | 'media_type' | 'artifact_type' | 'config_media_type'> {
  /** Null if the annotations exceed `longestAnnotations`. */
  readonly annotations_json: string | null
}

export interface ReferrersQuery {
  /** Digests of the subject, by every known algorithm. */
  readonly subjects: readonly string[]
  readonly artifactType: string | undefined
  /** Digest after which the page begins. */
  readonly after: string
  readonly limit: number
  /** Limit of the annotations of one manifest, in bytes. */
  readonly longestAnnotations: number
  /** Limit of all annotations of a page, in bytes. */
  readonly bytes: number
  /** Limit of the manifests of a page, in bytes: SQLite reads through their content to reach the annotations. */
  readonly contentBytes: number
}

/** Returns a page of the manifests with one of the `subjects`, by digest. The page ends at the first limit reached. */
export async function listReferrers(
  db: Kysely<Schema>,
  repositoryId: string,
  request: ReferrersQuery,
): Promise<{ readonly rows: Referrer[]; readonly isLast: boolean }> {
  const { artifactType, longestAnnotations } = request
  const annotationBytes = sql<number>`octet_length(annotations_json)`
  let matching = db
    .selectFrom('manifests')
    .select(['digest', 'size', annotationBytes.as('bytes')])
    .where('repository_id', '=', repositoryId)
    .where('subject', 'in', request.subjects)
    .where('digest', '>', request.after as Digest) // any text may be compared with
  if (artifactType !== undefined) {
    matching = matching.where((eb) => eb(eb.fn.coalesce('artifact_type', 'config_media_type'), '=', artifactType))
  }
  // Reads the sizes first, so that rows beyond the limits are never loaded.
  const sizes = await matching.orderBy('digest').limit(request.limit).execute()
  let bytes = 0
  let contentBytes = 0
  const end = sizes.findIndex((row, index) => {
    if (row.bytes > longestAnnotations) return false
    bytes += row.bytes
    contentBytes += row.size
    return index > 0 && (bytes > request.bytes || contentBytes > request.contentBytes)
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
  return { rows, isLast: end < 0 && sizes.length < request.limit }
}

/** Truncates a media type to the longest valid one (RFC 6838, section 4.2): earlier releases stored any length. */
export function shortened(column: 'artifact_type' | 'config_media_type') {
  return sql<string | null>`substr(${sql.ref(column)}, 1, 255)`
}

/** Returns at most `limit` tags of a repository after the tag `after`, by bytes. */
export async function listTags(
  db: Kysely<Schema>,
  repositoryId: string,
  request: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('tags')
    .select('name')
    .where('repository_id', '=', repositoryId)
    .where('name', '>', request.after)
    .orderBy('name')
    .limit(request.limit)
    .execute()
  return rows.map(({ name }) => name)
}

/** Returns the first `limit` tags by name, and the number of all tags, of each manifest, by its row's ID. */
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
    // Up to the tag at the limit; if there are fewer tags, up to `~`, which sorts after every tag.
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

/** Returns the digests of manifests by the IDs of their rows. */
export async function findDigests(db: Kysely<Schema>, ids: readonly string[]): Promise<ReadonlyMap<string, Digest>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('manifests').select(['id', 'digest']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, digest }) => [id, digest]))
}
