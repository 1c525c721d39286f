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
  /** Those that may be listed, by ID. */
  readonly readable: Readable
  /** Looked for in the name, the ID, or both. */
  readonly query?: string | undefined
  readonly by?: 'name' | 'id' | 'both' | undefined
}

/** What an instance holds now: `repo` repositories that hold no chart; `storage` in bytes, each blob counted once. */
export interface InstanceStatistics {
  readonly namespace: number
  readonly chart: number
  readonly repo: number
  readonly vpc: number
  readonly storage: number
}

/** Instances by name, best match first when something is looked for. */
export async function listInstances(db: Kysely<Schema>, wanted: InstancesQuery): Promise<Page<InstanceRow>> {
  const found = search(wanted)
  let matching = db.selectFrom('instances').where(isReadable('id', wanted.readable))
  if (found) matching = matching.where(found.matches)
  let ordered = matching.selectAll()
  if (found) ordered = ordered.orderBy(found.rank)
  const rows = await ordered.orderBy('name').orderBy('id').limit(wanted.limit).offset(wanted.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

function search({ query, by = 'both' }: InstancesQuery) {
  const name = by === 'id' ? undefined : fuzzySearch('folded_name', query)
  const id = by === 'name' ? undefined : fuzzySearch('id', query)
  if (!name || !id) return name ?? id
  return {
    matches: sql<boolean>`(${name.matches} or ${id.matches})`,
    // Where one of the two does not match at all, its rank would still say "scattered": the lowest of all.
    rank: sql<number>`case when ${name.rank} < ${id.rank} then ${name.rank} else ${id.rank} end`,
  }
}

const instanceWithId = prepared((db, { id }: { id: string }) =>
  db.selectFrom('instances').selectAll().where('id', '=', id),
)

export async function findInstance(db: Kysely<Schema>, id: string): Promise<InstanceRow | undefined> {
  const [row] = await instanceWithId(db, { id })
  return row
}

// The 1 not as a parameter: SQLite would plan the query anew each time, because of the index on the one that is.
const defaultInstance = prepared((db) => db.selectFrom('instances').selectAll().where('is_default', '=', sql.lit(1)))

/** The instance that is meant where none is named. */
export async function findDefaultInstance(db: Kysely<Schema>): Promise<InstanceRow | undefined> {
  const [row] = await defaultInstance(db, {})
  return row
}

/** Counts what the instance holds now, as far as it may be read. `readable`: namespaces, by name. */
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

/** How many namespaces an instance has, and how many charts they have together. */
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

/** Bytes of the blobs that versions and manifests of the instance point at now, each counted once. */
async function storageOf(db: Kysely<Schema>, id: string): Promise<number> {
  const { storage } = await db
    .selectFrom('used_blobs')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('size'), eb.lit(0)).as('storage'))
    .where('instance_id', '=', id)
    .executeTakeFirstOrThrow()
  return storage
}
