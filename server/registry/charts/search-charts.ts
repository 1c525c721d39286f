import { foldName, fuzzyRank } from '../../../chart/fuzzy.ts'
import type { Page } from '../../db/page.ts'
import type { ChartRow, NamespaceRow } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { revisionCache } from '../core/revision-cache.ts'
import { type ChartsQuery, findCharts, listChartNames, listCharts } from './chart-queries.ts'

/** The charts of a namespace, in the order of their names. What is at one place in each list is one chart's. */
interface Names {
  readonly revision: string
  readonly ids: readonly string[]
  readonly folded: readonly string[]
  /** Which letters are in the name: most names that do not match are told by it. */
  readonly letters: Int32Array
}

/** Bytes of all names that are kept, and about what a chart takes of them beside its name. */
const KEPT_BYTES = 16 * 1024 * 1024
const CHART_BYTES = 100

const kept = revisionCache<Names>({ maxBytes: KEPT_BYTES, sizeOf, revisionOf: ({ revision }) => revision })

/**
 * Charts of a namespace: `listCharts` of the database, but that a search by rank or by name looks at names that are
 * kept in the process. A name is found by letters that are scattered over it, for which no database has an index: it
 * would read all names, each time. `namespace` says of what state they must be, as for the index.
 */
export async function searchCharts(
  registry: Registry,
  namespace: Pick<NamespaceRow, 'id' | 'names_revision'>,
  wanted: Omit<ChartsQuery, 'in'>,
): Promise<Page<ChartRow>> {
  const { read } = registry.database
  const query = foldName(wanted.query ?? '')
  if (query === '' || (wanted.orderBy !== undefined && wanted.orderBy !== 'name')) {
    return listCharts(read, { ...wanted, in: { namespaceId: namespace.id } })
  }
  const found = search(await namesOf(registry, namespace), query, wanted)
  const page = found.slice(wanted.offset, wanted.offset + wanted.limit)
  return { total: found.length, rows: await findCharts(read, page) }
}

function search(names: Names, query: string, { orderBy, order = 'asc' }: Omit<ChartsQuery, 'in'>): string[] {
  const wanted = lettersOf(query)
  const byRank: [string[], string[], string[], string[]] = [[], [], [], []]
  for (let index = 0; index < names.ids.length; index++) {
    if (((names.letters[index] ?? 0) & wanted) !== wanted) continue
    const rank = fuzzyRank(query, names.folded[index] ?? '')
    if (rank !== null) byRank[orderBy === 'name' ? 0 : rank].push(names.ids[index] ?? '')
  }
  return byRank.flatMap((ids) => (order === 'asc' ? ids : ids.reverse()))
}

function namesOf(registry: Registry, namespace: Pick<NamespaceRow, 'id' | 'names_revision'>): Promise<Names> {
  const revision = String(namespace.names_revision)
  return kept(registry).get(namespace.id, revision, async () => {
    const charts = await listChartNames(registry.database.read, namespace.id)
    const folded = charts.map(({ folded_name }) => folded_name)
    return { revision, ids: charts.map(({ id }) => id), folded, letters: Int32Array.from(folded, lettersOf) }
  })
}

function sizeOf({ folded }: Names): number {
  return folded.reduce((sum, name) => sum + name.length + CHART_BYTES, 0)
}

/** A bit for each letter; other characters share theirs, so that a bit too many may be set, and none too few. */
function lettersOf(text: string): number {
  let letters = 0
  for (let index = 0; index < text.length; index++) letters |= 1 << text.charCodeAt(index)
  return letters
}
