import { foldName, fuzzyRank } from '../../../chart/fuzzy.ts'
import type { Page } from '../../db/page.ts'
import type { ChartRow, NamespaceRow } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { revisionCache } from '../core/revision-cache.ts'
import { type ChartsQuery, findCharts, listChartNames, listCharts } from './chart-queries.ts'

/** Columns of the charts of a namespace, in the order of their names. The same index in each is the same chart. */
interface Names {
  readonly revision: string
  readonly ids: readonly string[]
  readonly folded: readonly string[]
  /** Bit set of the letters of each name, which excludes most names that do not match. */
  readonly letters: Int32Array
}

/** Limit of all cached names, in bytes, and estimated overhead of a chart in them. */
const CACHE_BYTES = 16 * 1024 * 1024
const CHART_BYTES = 100

const cacheOf = revisionCache<Names>({ maxBytes: CACHE_BYTES, sizeOf, revisionOf: ({ revision }) => revision })

/**
 * Returns a page of the charts of a namespace, like `listCharts`, but searches by rank or name in cached names: no
 * database index supports fuzzy search, so the database would read all names each time. The results contain at least
 * the writes that the row `namespace` reflects.
 */
export async function searchCharts(
  registry: Registry,
  namespace: Pick<NamespaceRow, 'id' | 'names_revision'>,
  request: Omit<ChartsQuery, 'in'>,
): Promise<Page<ChartRow>> {
  const { read } = registry.database
  const query = foldName(request.query ?? '')
  if (query === '' || (request.orderBy !== undefined && request.orderBy !== 'name')) {
    return listCharts(read, { ...request, in: { namespaceId: namespace.id } })
  }
  const found = search(await namesOf(registry, namespace), query, request)
  const page = found.slice(request.offset, request.offset + request.limit)
  return { total: found.length, rows: await findCharts(read, page) }
}

function search(names: Names, query: string, { orderBy, order = 'asc' }: Omit<ChartsQuery, 'in'>): string[] {
  const required = lettersOf(query)
  const byRank: [string[], string[], string[], string[]] = [[], [], [], []]
  for (let index = 0; index < names.ids.length; index++) {
    if (((names.letters[index] ?? 0) & required) !== required) continue
    const rank = fuzzyRank(query, names.folded[index] ?? '')
    if (rank !== null) byRank[orderBy === 'name' ? 0 : rank].push(names.ids[index] ?? '')
  }
  return byRank.flatMap((ids) => (order === 'asc' ? ids : ids.reverse()))
}

function namesOf(registry: Registry, namespace: Pick<NamespaceRow, 'id' | 'names_revision'>): Promise<Names> {
  const revision = String(namespace.names_revision)
  return cacheOf(registry).get(namespace.id, revision, async () => {
    const charts = await listChartNames(registry.database.read, namespace.id)
    const folded = charts.map(({ folded_name }) => folded_name)
    return { revision, ids: charts.map(({ id }) => id), folded, letters: Int32Array.from(folded, lettersOf) }
  })
}

function sizeOf({ folded }: Names): number {
  return folded.reduce((sum, name) => sum + name.length + CHART_BYTES, 0)
}

/** Returns the bit set of a text's letters. Characters share bits, so that matches are possible but never missed. */
function lettersOf(text: string): number {
  let letters = 0
  for (let index = 0; index < text.length; index++) letters |= 1 << text.charCodeAt(index)
  return letters
}
