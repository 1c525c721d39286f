import { type Kysely, sql } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { InstanceRow, Schema } from '../../db/schema.ts'
import { instanceStorage } from '../blobs/instance-storage.ts'
import { isReadable, type Readable } from '../core/readable.ts'
import { countArtifactRepositories, countArtifactRepositoriesIn } from '../oci/repository-queries.ts'
import { findNamespaces } from './namespace-queries.ts'

export interface InstancesQuery extends PageRequest {
  /** IDs of the instances that the caller may list. */
  readonly readable: Readable
  /** Fuzzy search in the name, the ID, or both. */
  readonly query?: string | undefined
  readonly by?: 'name' | 'id' | 'both' | undefined
}

/** Current contents of an instance: `repo` repositories without a chart; `storage` in bytes, of distinct blobs. */
export interface InstanceStatistics {
  readonly namespace: number
  readonly chart: number
  readonly repo: number
  readonly vpc: number
  readonly storage: number
}

/** Returns a page of instances, by name, or best match first when searching. */
export async function listInstances(db: Kysely<Schema>, request: InstancesQuery): Promise<Page<InstanceRow>> {
  const found = search(request)
  let matching = db.selectFrom('instances').where(isReadable('id', request.readable))
  if (found) matching = matching.where(found.matches)
  let ordered = matching.selectAll()
  if (found) ordered = ordered.orderBy(found.rank)
  const rows = await ordered.orderBy('name').orderBy('id').limit(request.limit).offset(request.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

function search({ query, by = 'both' }: InstancesQuery) {
  const name = by === 'id' ? undefined : fuzzySearch('folded_name', query)
  const id = by === 'name' ? undefined : fuzzySearch('id', query)
  if (!name || !id) return name ?? id
  return {
    matches: sql<boolean>`(${name.matches} or ${id.matches})`,
    // If only one of the two matches, the other has the lowest rank and does not affect the result.
    rank: sql<number>`case when ${name.rank} < ${id.rank} then ${name.rank} else ${id.rank} end`,
  }
}

const instanceWithId = prepared((db, { id }: { id: string }) =>
  db.selectFrom('instances').selectAll().where('id', '=', id),
)

/** Returns an instance by its ID. */
export async function findInstance(db: Kysely<Schema>, id: string): Promise<InstanceRow | undefined> {
  const [row] = await instanceWithId(db, { id })
  return row
}

// A literal 1: with a parameter, SQLite would plan the query again each time because of the partial index.
const defaultInstance = prepared((db) => db.selectFrom('instances').selectAll().where('is_default', '=', sql.lit(1)))

/** Returns the instance for requests that do not name one. */
export async function findDefaultInstance(db: Kysely<Schema>): Promise<InstanceRow | undefined> {
  const [row] = await defaultInstance(db, {})
  return row
}

/** Returns the current contents of the readable namespaces of an instance. `readable` has the names of namespaces. */
export async function instanceStatistics(
  db: Kysely<Schema>,
  id: string,
  readable: Readable,
): Promise<InstanceStatistics> {
  if (readable !== 'all') return readableStatistics(db, id, readable)
  const { namespace, chart } = await countNamespacesAndCharts(db, id)
  const repo = await countArtifactRepositories(db, id)
  return { namespace, chart, repo, vpc: 0, storage: await storageOf(db, id) }
}

async function readableStatistics(
  db: Kysely<Schema>,
  id: string,
  readable: readonly string[],
): Promise<InstanceStatistics> {
  const namespaces = await findNamespaces(db, id, [...new Set(readable)])
  const ids = namespaces.map((namespace) => namespace.id)
  const repositories = await countArtifactRepositoriesIn(db, ids)
  return {
    namespace: namespaces.length,
    chart: namespaces.reduce((sum, { chart_count }) => sum + chart_count, 0),
    repo: [...repositories.values()].reduce((sum, count) => sum + count, 0),
    vpc: 0,
    storage: await instanceStorage(db, ids),
  }
}

/** Returns the number of namespaces of an instance, and the number of charts in all of them. */
export async function countNamespacesAndCharts(
  db: Kysely<Schema>,
  id: string,
): Promise<{ namespace: number; chart: number }> {
  return db
    .selectFrom('namespaces')
    .select((eb) => [
      eb.fn.countAll<number>().as('namespace'),
      eb.fn.coalesce(eb.fn.sum<number>('chart_count'), eb.lit(0)).as('chart'),
    ])
    .where('instance_id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Returns the total size in bytes of the distinct blobs that versions and manifests of the instance refer to. */
async function storageOf(db: Kysely<Schema>, id: string): Promise<number> {
  const { storage } = await db
    .selectFrom('used_blobs')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('size'), eb.lit(0)).as('storage'))
    .where('instance_id', '=', id)
    .executeTakeFirstOrThrow()
  return storage
}
