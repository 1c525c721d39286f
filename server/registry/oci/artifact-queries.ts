import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Page, PageRequest } from '../../db/page.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { ManifestRow, Schema } from '../../db/schema.ts'
import { isReadable, type Readable } from '../core/readable.ts'
import { listTagsOfManifests, shortened } from './manifest-queries.ts'

/*
 * Artifacts: manifests of repositories without a chart. An untagged manifest that another one lists, or whose subject
 * is another one, is not listed on its own.
 */

/** An artifact in a list. */
export interface ArtifactRecord
  extends Pick<
    ManifestRow,
    'digest' | 'media_type' | 'artifact_type' | 'config_media_type' | 'pushed_by' | 'created_at'
  > {
  readonly namespace: string
  /** Name of the repository, without the namespace. */
  readonly name: string
  /** First tags by name, and the number of all tags. */
  readonly tags: readonly string[]
  readonly totalTags: number
  /** Total size of the manifest and everything that it refers to, in bytes. */
  readonly size: number
  /** Number of manifests with this one as their subject. */
  readonly referrers: number
}

export interface ArtifactsQuery extends PageRequest {
  readonly instanceId: string
  /** Names of the namespaces that the caller may list. */
  readonly readable: Readable
  /** Fuzzy search in `namespace/name`. */
  readonly query?: string | undefined
  /** Limit of tags per artifact. */
  readonly tags: number
}

/** Returns a page of the artifacts of an instance, by match when searching, then by repository, then newest first. */
export async function listArtifacts(db: Kysely<Schema>, request: ArtifactsQuery): Promise<Page<ArtifactRecord>> {
  // Names of namespaces and repositories are lower-case, so they need no folding.
  const found = fuzzySearch('r.full_name', request.query)
  let matching = db
    .selectFrom('repositories as r')
    .innerJoin('manifests as m', 'm.repository_id', 'r.id')
    .where('r.instance_id', '=', request.instanceId)
    .where('r.chart_id', 'is', null)
    .where(isListed)
  if (request.readable !== 'all') {
    const namespaces = db.selectFrom('namespaces').select('id').where('instance_id', '=', request.instanceId)
    matching = matching.where('r.namespace_id', 'in', namespaces.where(isReadable('name', request.readable)))
  }
  if (found) matching = matching.where(found.matches)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let ordered = matching.select('m.id')
  if (found) ordered = ordered.orderBy(found.rank)
  const page = await ordered
    .orderBy('r.full_name')
    .orderBy('m.created_at', 'desc')
    .orderBy('m.id')
    .limit(request.limit)
    .offset(request.offset)
    .execute()
  const ids = page.map(({ id }) => id)
  return { total, rows: await readArtifacts(db, ids, request.tags) }
}

/** Condition that the manifest `m` is listed on its own. */
const isListed = sql<boolean>`(
  exists (select 1 from tags t where t.manifest_id = m.id)
  or not (
    exists (select 1 from manifest_children c where c.child_id = m.id)
    or exists (
      select 1 from manifests s where s.repository_id = m.repository_id
        and s.digest in (m.subject, (select a.digest from digest_aliases a where a.alias = m.subject))
    )
  )
)`

async function readArtifacts(db: Kysely<Schema>, ids: readonly string[], tagLimit: number): Promise<ArtifactRecord[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('manifests as m')
    .innerJoin('repositories as r', 'r.id', 'm.repository_id')
    .innerJoin('namespaces as n', 'n.id', 'r.namespace_id')
    .select(['m.id', 'm.digest', 'm.media_type', 'm.size'])
    .select([shortened('artifact_type').as('artifact_type'), shortened('config_media_type').as('config_media_type')])
    .select(['m.pushed_by', 'm.created_at', 'n.name as namespace', 'r.name'])
    .select(
      sql<number>`(
        select count(*) from manifests s where s.repository_id = m.repository_id and s.subject in (
          select m.digest union all select a.alias from digest_aliases a where a.digest = m.digest
        )
      )`.as('referrers'),
    )
    .where('m.id', 'in', ids)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const tags = await listTagsOfManifests(db, ids, tagLimit)
  const sizes = await sizesOfParts(db, ids)
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const { names, total } = tags.get(id) ?? { names: [], total: 0 }
    return { ...row, size: row.size + (sizes.get(id) ?? 0), tags: names, totalTags: total }
  })
}

/** Returns the total size of the blobs, child manifests and their blobs of each manifest, in bytes, by its ID. */
async function sizesOfParts(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, number>> {
  const parts = [
    await db
      .selectFrom('manifest_blobs as p')
      .innerJoin('blobs as b', 'b.digest', 'p.digest')
      .select((eb) => ['p.manifest_id as id', eb.fn.sum<number>('b.size').as('size')])
      .where('p.manifest_id', 'in', ids)
      .groupBy('p.manifest_id')
      .execute(),
    await db
      .selectFrom('manifest_children as c')
      .innerJoin('manifests as m', 'm.id', 'c.child_id')
      .select((eb) => ['c.manifest_id as id', eb.fn.sum<number>('m.size').as('size')])
      .where('c.manifest_id', 'in', ids)
      .groupBy('c.manifest_id')
      .execute(),
    await db
      .selectFrom('manifest_children as c')
      .innerJoin('manifest_blobs as p', 'p.manifest_id', 'c.child_id')
      .innerJoin('blobs as b', 'b.digest', 'p.digest')
      .select((eb) => ['c.manifest_id as id', eb.fn.sum<number>('b.size').as('size')])
      .where('c.manifest_id', 'in', ids)
      .groupBy('c.manifest_id')
      .execute(),
  ]
  const sizes = new Map<string, number>()
  for (const { id, size } of parts.flat()) sizes.set(id, (sizes.get(id) ?? 0) + Number(size))
  return sizes
}

/** Returns the IDs of the artifacts with these digests that exist. None if the repository has a chart. */
export async function findArtifacts(
  db: Kysely<Schema>,
  repository: { readonly namespaceId: string; readonly name: string },
  digests: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('repositories as r')
    .innerJoin('manifests as m', 'm.repository_id', 'r.id')
    .select('m.id')
    .where('r.namespace_id', '=', repository.namespaceId)
    .where('r.name', '=', repository.name)
    .where('r.chart_id', 'is', null)
    .where('m.digest', 'in', digests as readonly Digest[]) // any text may be compared with
    .execute()
  return rows.map(({ id }) => id)
}

/** Returns the distinct IDs of the manifests that these list, and of those with one of these as their subject. */
export async function listPartsOf(db: Kysely<Schema>, ids: readonly string[]): Promise<string[]> {
  const padded = padToPowerOfTwo(ids)
  const listed = await db
    .selectFrom('manifest_children')
    .select('child_id as id')
    .where('manifest_id', 'in', padded)
    .execute()
  const referrers = await db
    .selectFrom('manifests as m')
    .innerJoin('manifests as r', (join) =>
      join.onRef('r.repository_id', '=', 'm.repository_id').onRef('r.subject', '=', 'm.digest'),
    )
    .select('r.id')
    .where('m.id', 'in', padded)
    .execute()
  const referrersByAlias = await db
    .selectFrom('manifests as m')
    .innerJoin('digest_aliases as a', 'a.digest', 'm.digest')
    .innerJoin('manifests as r', (join) =>
      join.onRef('r.repository_id', '=', 'm.repository_id').onRef('r.subject', '=', 'a.alias'),
    )
    .select('r.id')
    .where('m.id', 'in', padded)
    .execute()
  return [...new Set([...listed, ...referrers, ...referrersByAlias].map(({ id }) => id))]
}

/** Returns the IDs of those manifests that have no tag and that no other manifest lists. */
export async function findUnreferenced(db: Kysely<Schema>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('manifests as m')
    .select('m.id')
    .where('m.id', 'in', padToPowerOfTwo(ids))
    .where(sql<boolean>`not exists (select 1 from tags t where t.manifest_id = m.id)`)
    .where(sql<boolean>`not exists (select 1 from manifest_children c where c.child_id = m.id)`)
    .execute()
  return rows.map(({ id }) => id)
}
