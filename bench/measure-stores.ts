import { join } from 'node:path'
import { type Chartroom, openChartroom } from './chartroom.ts'
import { consoleRows } from './console-rows.ts'
import { indexRows } from './index-rows.ts'
import { loadStore } from './load-store.ts'
import { type Plan, VERSIONS } from './plan.ts'
import { residentMemory } from './process-cost.ts'
import type { ChartSet } from './publish-charts.ts'
import { type SearchCosts, searchRows } from './search-rows.ts'
import { chartNames, versionNames } from './seed.ts'
import type { ServerProcess } from './server-process.ts'
import { count, figure, type Row } from './table.ts'
import { transferRows } from './transfer-rows.ts'

/** Environment of the measurements. */
export interface Bench {
  /** An empty folder on the disk to measure. */
  readonly folder: string
  /** The CNCF registry to compare with, if installed. */
  readonly cncf: ServerProcess | undefined
  /** Path of a Chromium, if installed. */
  readonly chromium: string | undefined
  /** Prints progress. */
  log(line: string): void
}

/** Bar: resident memory in megabytes, with 100,000 versions. */
const MEMORY_BAR = 300
const NAMESPACE = 'team'

/** Measures everything at each size of one growing store, each time on a freshly started server. */
export async function measureStores(plan: Plan, bench: Bench): Promise<Row[]> {
  const data = join(bench.folder, 'data')
  const names = chartNames(Math.max(...plan.stores))
  const costs: SearchCosts = new Map()
  const rows: Row[] = []
  let loaded = 0
  for (const charts of plan.stores) {
    const isLast = charts === names.length
    const fresh = { namespace: NAMESPACE, charts: names.slice(loaded, charts), versions: versionNames(VERSIONS) }
    bench.log(`Loading ${count(charts * VERSIONS)} versions …`)
    await loadStore(data, isLast ? [fresh, ...indexNamespaces(plan)] : [fresh])
    loaded = charts
    await using chartroom = await openChartroom(data)
    const store = `${count(charts * VERSIONS)} versions`
    bench.log(`Measuring with ${store} …`)
    const search = {
      namespace: NAMESPACE,
      names: names.slice(0, charts),
      store,
      seconds: plan.seconds,
      folder: bench.folder,
    }
    rows.push(...(await searchRows(chartroom, search, costs)))
    rows.push(...(await transferRows(chartroom, bench.cncf, { ...plan, store, namespace: `pushed-to-${charts}` })))
    rows.push(...(await indexes(chartroom, plan, bench, names.slice(0, charts), isLast)))
    rows.push(memoryRow(chartroom, charts * VERSIONS))
    if (isLast) rows.push(...(await consoleIfPossible(chartroom, bench)))
  }
  return rows
}

/** Namespaces that only the index is measured in. */
function indexNamespaces({ square, long }: Plan): ChartSet[] {
  return [
    { namespace: 'square', ...shape(square) },
    { namespace: 'long', ...shape(long) },
  ]
}

function shape({ charts, versions }: Plan['square']): Pick<ChartSet, 'charts' | 'versions'> {
  return { charts: chartNames(charts), versions: versionNames(versions) }
}

async function indexes(
  chartroom: Chartroom,
  plan: Plan,
  { folder }: Bench,
  names: readonly string[],
  isLast: boolean,
): Promise<Row[]> {
  const { square, long, rounds } = plan
  const shared = { folder, rounds, judged: false }
  const rows = (namespace: string, charts: readonly string[], versions: number, judged = false) =>
    indexRows(chartroom, {
      ...shared,
      judged,
      namespace,
      chart: charts[0] ?? '',
      content: contentOf(charts.length, versions),
    })
  const team = await rows(NAMESPACE, names, VERSIONS)
  if (!isLast) return team
  const [squareCharts, longCharts] = [chartNames(square.charts), chartNames(long.charts)]
  return [
    ...team,
    ...(await rows('square', squareCharts, square.versions, true)),
    ...(await rows('long', longCharts, long.versions)),
  ]
}

function contentOf(charts: number, versions: number): string {
  return `${count(charts)} ${charts === 1 ? 'chart' : 'charts'} × ${count(versions)} versions`
}

function memoryRow({ server }: Chartroom, versions: number): Row {
  const megabytes = residentMemory(server.pid) / 1e6
  const bar = versions >= 100_000 ? { text: `< ${MEMORY_BAR} MB`, holds: megabytes < MEMORY_BAR } : undefined
  return {
    what: `${count(versions)} versions: resident memory, after all of the above`,
    ours: figure(megabytes, 'MB'),
    bar,
  }
}

async function consoleIfPossible(chartroom: Chartroom, { chromium, log }: Bench): Promise<Row[]> {
  if (chromium) return consoleRows(chartroom, NAMESPACE, chromium)
  log('Chromium is not installed (Debian: apt-get install chromium): the console is not measured.')
  return []
}
