import type { Kysely, Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import type { Flag } from '../../db/columns.ts'
import { prepared } from '../../db/prepared.ts'
import type { RepositoryRow, Schema } from '../../db/schema.ts'

/** A blob as a repository knows it. */
export interface LinkedBlob {
  readonly repository_id: string
  readonly digest: Digest
  readonly size: number
  readonly touched_at: string
  readonly released_at: string | null
}

const repositoryNamed = prepared((db, { namespace, name }: { namespace: string; name: string }) =>
  db.selectFrom('repositories').selectAll().where('namespace_id', '=', namespace).where('name', '=', name),
)

export async function findRepository(
  db: Kysely<Schema>,
  namespaceId: string,
  name: string,
): Promise<RepositoryRow | undefined> {
  const [row] = await repositoryNamed(db, { namespace: namespaceId, name })
  return row
}

/** Whole names of the repositories of these namespaces that hold a manifest, in order: `limit` at most, those behind `after`. */
export async function listRepositoryNames(
  db: Kysely<Schema>,
  namespaceIds: readonly string[],
  wanted: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('repositories as r')
    .select('r.full_name')
    .where('r.namespace_id', 'in', namespaceIds)
    .where('r.full_name', '>', wanted.after)
    .where((eb) => eb.exists(eb.selectFrom('manifests as m').select('m.id').whereRef('m.repository_id', '=', 'r.id')))
    .orderBy('r.full_name')
    .limit(wanted.limit)
    .execute()
  return rows.map(({ full_name }) => full_name)
}

/** How many repositories an instance has that hold no chart. */
export async function countArtifactRepositories(db: Kysely<Schema>, instanceId: string): Promise<number> {
  const { count } = await artifactRepositories(db).where('instance_id', '=', instanceId).executeTakeFirstOrThrow()
  return count
}

function artifactRepositories(db: Kysely<Schema>) {
  return db
    .selectFrom('repositories')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('chart_id', 'is', null)
}

/** Writes down which chart a repository holds, now that the chart is there. */
export async function linkChart(transaction: Transaction<Schema>, repository: RepositoryRow): Promise<void> {
  if (repository.chart_id !== null) return
  await transaction
    .updateTable('repositories')
    .set((eb) => ({
      chart_id: eb
        .selectFrom('charts')
        .select('charts.id')
        .where('charts.namespace_id', '=', repository.namespace_id)
        .where('charts.name', '=', repository.name),
    }))
    .where('id', '=', repository.id)
    .execute()
}

/** How many repositories that hold no chart there are in each of these namespaces, by the namespace's ID. */
export async function countArtifactRepositoriesIn(
  db: Kysely<Schema>,
  namespaceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (namespaceIds.length === 0) return new Map()
  const rows = await artifactRepositories(db)
    .select('namespace_id')
    .where('namespace_id', 'in', namespaceIds)
    .groupBy('namespace_id')
    .execute()
  return new Map(rows.map(({ namespace_id, count }) => [namespace_id, count]))
}

const linkedBlobs = prepared((db, wanted: { namespace: string; name: string; digest: Digest }) =>
  db
    .selectFrom('repositories')
    .innerJoin('repository_blobs', 'repository_blobs.repository_id', 'repositories.id')
    .innerJoin('blobs', 'blobs.digest', 'repository_blobs.digest')
    .select(['repository_blobs.repository_id', 'blobs.digest', 'blobs.size', 'repository_blobs.touched_at'])
    .select('repository_blobs.released_at')
    .where('repositories.namespace_id', '=', wanted.namespace)
    .where('repositories.name', '=', wanted.name)
    .where('repository_blobs.digest', '=', wanted.digest),
)

/** The blob, when it may be read through this repository. */
export async function findLinkedBlob(
  db: Kysely<Schema>,
  repository: { readonly namespaceId: string; readonly name: string },
  digest: Digest,
): Promise<LinkedBlob | undefined> {
  const [row] = await linkedBlobs(db, { namespace: repository.namespaceId, name: repository.name, digest })
  return row
}

/** A repository by its names. */
export interface RepositoryNames {
  readonly namespace: string
  /** Below the namespace. */
  readonly name: string
}

/** The repositories of an instance that the blob may be read through: the named one, or any, some when they are many. */
export async function findRepositoriesOfBlob(
  db: Kysely<Schema>,
  instanceId: string,
  digest: Digest,
  from: RepositoryNames | undefined,
): Promise<(RepositoryNames & { readonly public: Flag })[]> {
  const linked = db
    .selectFrom('repository_blobs')
    .innerJoin('repositories', 'repositories.id', 'repository_blobs.repository_id')
    .innerJoin('namespaces', 'namespaces.id', 'repositories.namespace_id')
    .select(['namespaces.name as namespace', 'namespaces.public', 'repositories.name'])
    .where('repository_blobs.digest', '=', digest)
    .where('repositories.instance_id', '=', instanceId)
  const named = from && linked.where('namespaces.name', '=', from.namespace).where('repositories.name', '=', from.name)
  return (named ?? linked).limit(100).execute()
}

/** Makes the blob readable through the repository, or says that it is needed there again. Answers with whether it is new there. */
export async function linkBlob(
  transaction: Transaction<Schema>,
  repository_id: string,
  digest: Digest,
  now: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('repository_blobs')
    .values({ repository_id, digest, touched_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 1n) return true
  await transaction
    .updateTable('repository_blobs')
    .set({ touched_at: now, released_at: null })
    .where('repository_id', '=', repository_id)
    .where('digest', '=', digest)
    .execute()
  return false
}
