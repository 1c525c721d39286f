import { join } from 'node:path'
import { type Chartroom, openChartroom } from './chartroom.ts'
import { consoleRows } from './console-rows.ts'
import { indexRows } from './index-rows.ts'
import { loadStore } from './load-store.ts'
import { type Plan, VERSIONS } from './plan.ts'
import { residentMemory } from './process-cost.ts'
import type { Wanted } from './publish-charts.ts'
import { type SearchCosts, searchRows } from './search-rows.ts'
import { chartNames, versionNames } from './seed.ts'
import type { ServerProcess } from './server-process.ts'
import { count, figure, type Row } from './table.ts'
import { transferRows } from './transfer-rows.ts'

/** What is measured with. */
export interface Bench {
  /** A folder that is empty, on the disk that is meant. */
  readonly folder: string
  readonly peer: ServerProcess | undefined
  /** Path of a browser. */
  readonly chromium: string | undefined
  /** Says what is going on. */
  tell(line: string): void
}

/** Megabytes at most, with 100,000 versions. */
const MEMORY_BAR = 300
const NAMESPACE = 'team'

/** One store that grows: at each size everything is measured, on a server that has just been started. */
export async function measureStores(plan: Plan, bench: Bench): Promise<Row[]> {
  const data = join(bench.folder, 'data')
  const names = chartNames(Math.max(...plan.stores))
  const costs: SearchCosts = new Map()
  const rows: Row[] = []
  let loaded = 0
  for (const charts of plan.stores) {
    const isLast = charts === names.length
    const fresh = { namespace: NAMESPACE, charts: names.slice(loaded, charts), versions: versionNames(VERSIONS) }
    bench.tell(`Loading ${count(charts * VERSIONS)} versions …`)
    await loadStore(data, isLast ? [fresh, ...besides(plan)] : [fresh])
    loaded = charts
    await using chartroom = await openChartroom(data)
    const store = `${count(charts * VERSIONS)} versions`
    bench.tell(`Measuring with ${store} …`)
    const search = {
      namespace: NAMESPACE,
      names: names.slice(0, charts),
      store,
      seconds: plan.seconds,
      folder: bench.folder,
    }
    rows.push(...(await searchRows(chartroom, search, costs)))
    rows.push(...(await transferRows(chartroom, bench.peer, { ...plan, store, namespace: `pushed-to-${charts}` })))
    rows.push(...(await indexes(chartroom, plan, bench, names.slice(0, charts), isLast)))
    rows.push(memoryRow(chartroom, charts * VERSIONS))
    if (isLast) rows.push(...(await theConsole(chartroom, bench)))
  }
  return rows
}

function besides({ square, long }: Plan): Wanted[] {
  return [
    { namespace: 'square', ...shape(square) },
    { namespace: 'long', ...shape(long) },
  ]
}

function shape({ charts, versions }: Plan['square']): Pick<Wanted, 'charts' | 'versions'> {
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

async function theConsole(chartroom: Chartroom, { chromium, tell }: Bench): Promise<Row[]> {
  if (chromium) return consoleRows(chartroom, NAMESPACE, chromium)
  tell('There is no Chromium here (Debian: apt-get install chromium): nothing of the console.')
  return []
}
