import { type Kysely, sql, type Transaction } from 'kysely'
import {
  type Artifact,
  deleteArtifacts,
  listArtifacts,
  listVersionReferences,
  TAGS_SHOWN,
} from '../../../contract/console/artifacts.ts'
import type { Context } from '../../context.ts'
import { namesOfDigest } from '../../db/digests.ts'
import { fuzzySearch } from '../../db/fuzzy.ts'
import { findNamespace } from '../../db/namespaces.ts'
import type { Page, PageWanted } from '../../db/page.ts'
import { isReadable, type Readable } from '../../db/readable.ts'
import type { ManifestRow, Schema } from '../../db/schema.ts'
import { findVersions } from '../../db/versions.ts'
import { type Deed, recordDeeds } from '../../registry/audit.ts'
import type { Call } from '../../registry/call.ts'
import { RegistryError } from '../../registry/errors.ts'
import { deleteManifestRows } from '../../registry/oci/delete-manifest-rows.ts'
import { checkEachNamespace, namespacesToRead } from '../../registry/permissions.ts'
import type { HttpApp } from '../http-env.ts'
import { instanceOf } from '../management/instances.ts'
import { pageWanted } from '../management/page-wanted.ts'
import { chartOf } from '../management/versions.ts'
import { route } from '../route.ts'

/** What came by OCI and is no chart, and what OCI calls the charts. */
export function mountArtifacts(app: HttpApp, context: Context): void {
  const { registry } = context
  const { read } = registry.database

  route(app, context, listArtifacts, async ({ call, params, query }) => {
    const { id } = await instanceOf(context, params.instanceId)
    const readable = namespacesToRead(call.caller, id)
    const { total, rows } = await findArtifacts(read, id, { ...pageWanted(query), readable, query: query.repository })
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows }
  })

  route(app, context, deleteArtifacts, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    checkEachNamespace(
      call,
      'delete',
      body.items.map(({ namespace }) => namespace),
    )
    const now = registry.now()
    await registry.database.write(async (transaction) => {
      for (const item of body.items) await deleteArtifact(transaction, call, item, now)
    })
    return undefined
  })

  route(app, context, listVersionReferences, async ({ params, query }) => {
    const chart = await chartOf(context, params)
    const versions = await findVersions(read, chart.id, query.version)
    const ids = versions.flatMap(({ manifest_id }) => manifest_id ?? [])
    const digests = await digestsOf(read, ids)
    const tags = await tagsOf(read, ids)
    return {
      items: versions.map(({ version, manifest_id }) => ({
        version,
        manifestDigest: digests.get(manifest_id ?? '') ?? null,
        tags: (tags.get(manifest_id ?? '') ?? []).slice(0, TAGS_SHOWN),
      })),
    }
  })
}

interface ArtifactsWanted extends PageWanted {
  /** The namespaces that may be read, by name. */
  readonly readable: Readable
  /** Letters of `namespace/name`. */
  readonly query: string | undefined
}

/** A page of the artifacts of an instance. */
async function findArtifacts(db: Kysely<Schema>, instanceId: string, wanted: ArtifactsWanted): Promise<Page<Artifact>> {
  // Names of namespaces and repositories have no capitals: they are folded as they are.
  const found = fuzzySearch('repository', wanted.query)
  let matching = db.selectFrom(artifactsIn(db, instanceId, wanted.readable).as('artifacts'))
  if (found) matching = matching.where(found.matches)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let page = matching.select('id')
  if (found) page = page.orderBy(found.rank)
  const ids = await page
    .orderBy('repository')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute()
  return {
    total,
    rows: await readArtifacts(
      db,
      ids.map(({ id }) => id),
    ),
  }
}

/** Manifests of repositories that hold no chart, but for those that are only part of another one or only about it. */
function artifactsIn(db: Kysely<Schema>, instanceId: string, readable: Readable) {
  return db
    .selectFrom('manifests as m')
    .innerJoin('repositories as r', 'r.id', 'm.repository_id')
    .innerJoin('namespaces as n', 'n.id', 'r.namespace_id')
    .select(['m.id', 'm.created_at'])
    .select(sql<string>`n.name || '/' || r.name`.as('repository'))
    .where('r.instance_id', '=', instanceId)
    .where(isReadable('n.name', readable))
    .where(sql<boolean>`not exists (
      select 1 from charts c where c.namespace_id = r.namespace_id and c.name = r.name
    )`)
    .where(sql<boolean>`(
      exists (select 1 from tags t where t.manifest_id = m.id)
      or not (
        exists (select 1 from manifest_children c where c.child_id = m.id)
        or exists (
          select 1 from manifests s where s.repository_id = m.repository_id
            and s.digest in (m.subject, (select a.digest from digest_aliases a where a.alias = m.subject))
        )
      )
    )`)
}

async function readArtifacts(db: Kysely<Schema>, ids: readonly string[]): Promise<Artifact[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('manifests as m')
    .innerJoin('repositories as r', 'r.id', 'm.repository_id')
    .innerJoin('namespaces as n', 'n.id', 'r.namespace_id')
    .select(['m.id', 'm.digest', 'm.artifact_type', 'm.config_media_type', 'm.media_type', 'm.size'])
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
  const tags = await tagsOf(db, ids)
  const sizes = await sizesOfParts(db, ids)
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const names = tags.get(id) ?? []
    return {
      namespace: row.namespace,
      name: row.name,
      digest: row.digest,
      tags: names.slice(0, TAGS_SHOWN),
      totalTags: names.length,
      type: row.artifact_type ?? row.config_media_type ?? row.media_type,
      size: row.size + (sizes.get(id) ?? 0),
      referrers: row.referrers,
      pushedBy: row.pushed_by,
      created: row.created_at,
    }
  })
}

/** Bytes of the blobs of manifests and, of an index, of the manifests that it lists and their blobs. */
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

/** The tags on manifests, in order of names. */
async function tagsOf(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>()
  if (ids.length === 0) return tags
  const rows = await db
    .selectFrom('tags')
    .select(['manifest_id', 'name'])
    .where('manifest_id', 'in', ids)
    .orderBy('manifest_id')
    .orderBy('name')
    .execute()
  for (const { manifest_id, name } of rows) tags.set(manifest_id, [...(tags.get(manifest_id) ?? []), name])
  return tags
}

async function digestsOf(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('manifests').select(['id', 'digest']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, digest }) => [id, digest]))
}

type Doomed = Pick<ManifestRow, 'id' | 'repository_id' | 'digest'>

/** Deletes one artifact and what nobody else needs of it. Throws `namespace-missing`. */
async function deleteArtifact(
  transaction: Transaction<Schema>,
  call: Call,
  item: { readonly namespace: string; readonly name: string; readonly digest: string },
  now: string,
): Promise<void> {
  const namespace = await findNamespace(transaction, call.instance, item.namespace)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: item.namespace })
  const found = await transaction
    .selectFrom('manifests as m')
    .innerJoin('repositories as r', 'r.id', 'm.repository_id')
    .select(['m.id', 'm.repository_id', 'm.digest'])
    .where('r.namespace_id', '=', namespace.id)
    .where('r.name', '=', item.name)
    .where(sql<boolean>`m.digest = ${item.digest}`)
    .where(sql<boolean>`not exists (
      select 1 from charts c where c.namespace_id = r.namespace_id and c.name = r.name
    )`)
    .executeTakeFirst()
  const doomed: Doomed[] = found ? [found] : []
  const deeds: Deed[] = []
  for (let next = doomed.pop(); next; next = doomed.pop()) {
    const parts = await partsOf(transaction, next)
    await deleteManifestRows(transaction, namespace.instance_id, next, now)
    doomed.push(...(await unneededOf(transaction, parts)))
    deeds.push({ action: 'manifest.delete', namespace: item.namespace, chart: item.name, digestBefore: next.digest })
  }
  await recordDeeds(transaction, call, deeds, now)
}

/** The manifests that it lists, and those that are about it. */
async function partsOf(transaction: Transaction<Schema>, { id, repository_id, digest }: Doomed): Promise<string[]> {
  const listed = await transaction
    .selectFrom('manifest_children')
    .select('child_id as id')
    .where('manifest_id', '=', id)
    .execute()
  const about = await transaction
    .selectFrom('manifests')
    .select('id')
    .where('repository_id', '=', repository_id)
    .where('subject', 'in', await namesOfDigest(transaction, digest))
    .execute()
  return [...listed, ...about].map((part) => part.id)
}

/** Those that no tag holds and no other manifest lists. */
async function unneededOf(transaction: Transaction<Schema>, ids: readonly string[]): Promise<Doomed[]> {
  if (ids.length === 0) return []
  return transaction
    .selectFrom('manifests as m')
    .select(['m.id', 'm.repository_id', 'm.digest'])
    .where('m.id', 'in', ids)
    .where(sql<boolean>`not exists (select 1 from tags t where t.manifest_id = m.id)`)
    .where(sql<boolean>`not exists (select 1 from manifest_children c where c.child_id = m.id)`)
    .execute()
}
