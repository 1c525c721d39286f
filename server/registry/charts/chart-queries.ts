import type { Kysely, SelectQueryBuilder } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Order, Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { ChartRow, Schema } from '../../db/schema.ts'
import { isReadable, type Readable } from '../core/readable.ts'

export interface ChartsQuery extends PageRequest {
  /** Charts of one namespace, or of the readable namespaces of an instance. */
  readonly in: { readonly namespaceId: string } | { readonly instanceId: string; readonly readable: Readable }
  readonly query?: string | undefined
  /** Undefined: by rank when searching, then by name (and namespace). */
  readonly orderBy?: 'name' | 'versions' | 'created' | 'updated' | undefined
  readonly order?: Order | undefined
}

type OrderBy = NonNullable<ChartsQuery['orderBy']>

const COLUMNS = { name: 'name', versions: 'version_count', created: 'created_at', updated: 'updated_at' } as const

/** Returns a page of charts. Ties are sorted by name and namespace, in the same direction. */
export async function listCharts(db: Kysely<Schema>, request: ChartsQuery): Promise<Page<ChartRow>> {
  const found = fuzzySearch('folded_name', request.query)
  if (!found) return { total: await countCharts(db, request.in), rows: await listAll(db, request) }
  const { orderBy, order = 'asc', limit, offset } = request
  const matching = chartsIn(db, request.in).where(found.matches)
  // Finds the page using only an index, then reads whole rows only for the page.
  let page = matching.select('id')
  if (!orderBy) page = page.orderBy(found.rank)
  page = inOrder(page, orderBy ?? 'name', order)
  if ('instanceId' in request.in) page = page.orderBy('namespace_name', order)
  const ids = await page.limit(limit).offset(offset).execute()
  const rows = await findCharts(
    db,
    ids.map(({ id }) => id),
  )
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

/** Returns a page of all charts, skipping earlier rows in an index. */
async function listAll(db: Kysely<Schema>, request: ChartsQuery): Promise<ChartRow[]> {
  const { in: where, orderBy = 'name', order = 'asc', limit, offset } = request
  if ('namespaceId' in where) return listOf(orderBy, order, limit)(db, { namespace: where.namespaceId, offset })
  const ordered = inOrder(chartsIn(db, where).selectAll(), orderBy, order).orderBy('namespace_name', order)
  return ordered.limit(limit).offset(offset).execute()
}

type ListOfNamespace = ReturnType<typeof prepared<{ namespace: string; offset: number }, ChartRow>>
const lists = new Map<string, ListOfNamespace>()

/** Returns the prepared query for pages of `limit` charts of a namespace in this order. */
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

/** Returns those of the charts that exist, in the requested order. */
export async function findCharts(db: Kysely<Schema>, ids: readonly string[]): Promise<ChartRow[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('charts').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Returns the IDs and folded names of the charts of a namespace, by name, for searching. */
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

/** Returns the number of charts from the counts of the namespaces: counting rows would be linear. */
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

/** Returns the chart of a namespace with exactly this name. */
export async function findChart(db: Kysely<Schema>, namespaceId: string, name: string): Promise<ChartRow | undefined> {
  const [row] = await chartNamed(db, { namespace: namespaceId, name })
  return row
}
