import type { Kysely, SelectQueryBuilder } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Order, Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { ChartRow, Schema } from '../../db/schema.ts'
import { isReadable, type Readable } from '../core/readable.ts'

export interface ChartsQuery extends PageRequest {
  /** Charts of one namespace, or of those of an instance that may be read, by name. */
  readonly in: { readonly namespaceId: string } | { readonly instanceId: string; readonly readable: Readable }
  readonly query?: string | undefined
  /** Without it: by rank where something is looked for, then by name (and namespace). */
  readonly orderBy?: 'name' | 'versions' | 'created' | 'updated' | undefined
  readonly order?: Order | undefined
}

type OrderBy = NonNullable<ChartsQuery['orderBy']>

const COLUMNS = { name: 'name', versions: 'version_count', created: 'created_at', updated: 'updated_at' } as const

/** Charts. Rows that are equal in what they are ordered by stand by name and namespace, in the same direction. */
export async function listCharts(db: Kysely<Schema>, wanted: ChartsQuery): Promise<Page<ChartRow>> {
  const found = fuzzySearch('folded_name', wanted.query)
  if (!found) return { total: await countCharts(db, wanted.in), rows: await listAll(db, wanted) }
  const { orderBy, order = 'asc', limit, offset } = wanted
  const matching = chartsIn(db, wanted.in).where(found.matches)
  // The page is found in an index alone; whole rows are read for it and not for all that match.
  let page = matching.select('id')
  if (!orderBy) page = page.orderBy(found.rank)
  page = inOrder(page, orderBy ?? 'name', order)
  if ('instanceId' in wanted.in) page = page.orderBy('namespace_name', order)
  const ids = await page.limit(limit).offset(offset).execute()
  const rows = await findCharts(
    db,
    ids.map(({ id }) => id),
  )
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

/** A page of all charts there. What comes before it is skipped in an index. */
async function listAll(db: Kysely<Schema>, wanted: ChartsQuery): Promise<ChartRow[]> {
  const { in: where, orderBy = 'name', order = 'asc', limit, offset } = wanted
  if ('namespaceId' in where) return listOf(orderBy, order, limit)(db, { namespace: where.namespaceId, offset })
  const ordered = inOrder(chartsIn(db, where).selectAll(), orderBy, order).orderBy('namespace_name', order)
  return ordered.limit(limit).offset(offset).execute()
}

type ListOfNamespace = ReturnType<typeof prepared<{ namespace: string; offset: number }, ChartRow>>
const lists = new Map<string, ListOfNamespace>()

/** Pages of so many charts of a namespace, in one of the orders there are. */
function listOf(orderBy: OrderBy, order: Order, limit: number): ListOfNamespace {
  const key = `${orderBy} ${order} ${limit}`
  const list =
    lists.get(key) ??
    prepared((db, { namespace, offset }) => {
      const charts = db.selectFrom('charts').selectAll().where('namespace_id', '=', namespace)
      return inOrder(charts, orderBy, order).limit(limit).offset(offset)
    })
  lists.set(key, list)
  return list
}

function inOrder<Row>(charts: SelectQueryBuilder<Schema, 'charts', Row>, orderBy: OrderBy, order: Order) {
  const ordered = orderBy === 'name' ? charts : charts.orderBy(COLUMNS[orderBy], order)
  return ordered.orderBy('name', order)
}

function chartsIn(db: Kysely<Schema>, where: ChartsQuery['in']) {
  const charts = db.selectFrom('charts')
  if ('namespaceId' in where) return charts.where('namespace_id', '=', where.namespaceId)
  return charts.where('instance_id', '=', where.instanceId).where(isReadable('namespace_name', where.readable))
}

/** Those of the charts that are there, in the order asked for. */
export async function findCharts(db: Kysely<Schema>, ids: readonly string[]): Promise<ChartRow[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('charts').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The charts of a namespace in the order of their names: what a search looks at. */
export async function listChartNames(
  db: Kysely<Schema>,
  namespaceId: string,
): Promise<Pick<ChartRow, 'id' | 'folded_name'>[]> {
  return db
    .selectFrom('charts')
    .select(['id', 'folded_name'])
    .where('namespace_id', '=', namespaceId)
    .orderBy('name')
    .execute()
}

/** All charts there, from the counts that the namespaces keep: counting the rows costs more the more there are. */
async function countCharts(db: Kysely<Schema>, where: ChartsQuery['in']): Promise<number> {
  if ('namespaceId' in where) {
    const [namespace] = await chartCount(db, { namespace: where.namespaceId })
    return namespace?.chart_count ?? 0
  }
  const { total } = await db
    .selectFrom('namespaces')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('chart_count'), eb.lit(0)).as('total'))
    .where('instance_id', '=', where.instanceId)
    .where(isReadable('name', where.readable))
    .executeTakeFirstOrThrow()
  return total
}

const chartCount = prepared((db, { namespace }: { namespace: string }) =>
  db.selectFrom('namespaces').select('chart_count').where('id', '=', namespace),
)

const chartNamed = prepared((db, { namespace, name }: { namespace: string; name: string }) =>
  db.selectFrom('charts').selectAll().where('namespace_id', '=', namespace).where('name', '=', name),
)

export async function findChart(db: Kysely<Schema>, namespaceId: string, name: string): Promise<ChartRow | undefined> {
  const [row] = await chartNamed(db, { namespace: namespaceId, name })
  return row
}
