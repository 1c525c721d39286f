import type { Kysely, Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import type { Flag } from '../../db/columns.ts'
import { prepared } from '../../db/prepared.ts'
import type { RepositoryRow, Schema } from '../../db/schema.ts'

/** A blob that is linked to a repository. */
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

/** Returns the repository with this name below the namespace. */
export async function findRepository(
  db: Kysely<Schema>,
  namespaceId: string,
  name: string,
): Promise<RepositoryRow | undefined> {
  const [row] = await repositoryNamed(db, { namespace: namespaceId, name })
  return row
}

/** Returns the full names of at most `limit` non-empty repositories of these namespaces after `after`, sorted. */
export async function listRepositoryNames(
  db: Kysely<Schema>,
  namespaceIds: readonly string[],
  request: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('repositories as r')
    .select('r.full_name')
    .where('r.namespace_id', 'in', namespaceIds)
    .where('r.full_name', '>', request.after)
    .where((eb) => eb.exists(eb.selectFrom('manifests as m').select('m.id').whereRef('m.repository_id', '=', 'r.id')))
    .orderBy('r.full_name')
    .limit(request.limit)
    .execute()
  return rows.map(({ full_name }) => full_name)
}

/** Returns the number of repositories of an instance without a chart. */
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

/** Sets the chart of a repository after the chart was created. */
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

/** Returns the number of repositories without a chart by the ID of their namespace. */
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

const linkedBlobs = prepared((db, request: { namespace: string; name: string; digest: Digest }) =>
  db
    .selectFrom('repositories')
    .innerJoin('repository_blobs', 'repository_blobs.repository_id', 'repositories.id')
    .innerJoin('blobs', 'blobs.digest', 'repository_blobs.digest')
    .select(['repository_blobs.repository_id', 'blobs.digest', 'blobs.size', 'repository_blobs.touched_at'])
    .select('repository_blobs.released_at')
    .where('repositories.namespace_id', '=', request.namespace)
    .where('repositories.name', '=', request.name)
    .where('repository_blobs.digest', '=', request.digest),
)

/** Returns the blob if it is linked to the repository. */
export async function findLinkedBlob(
  db: Kysely<Schema>,
  repository: { readonly namespaceId: string; readonly name: string },
  digest: Digest,
): Promise<LinkedBlob | undefined> {
  const [row] = await linkedBlobs(db, { namespace: repository.namespaceId, name: repository.name, digest })
  return row
}

/** A repository by the name of its namespace and its own name. */
export interface RepositoryNames {
  readonly namespace: string
  /** Name below the namespace. */
  readonly name: string
}

/** Returns the repositories of an instance that link a blob: only `from` if given, else at most 100 of all. */
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

/**
 * Links a blob to a repository, which makes it readable there, or extends its grace period. Returns whether it is new.
 */
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
