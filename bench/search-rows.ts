import { join } from 'node:path'
import { Random } from '../chart/testing/random.ts'
import { chartEndpoints } from '../contract/ccr/charts.ts'
import type { Chartroom } from './chartroom.ts'
import { HttpClient } from './http-client.ts'
import { cpuTime } from './process-cost.ts'
import { doAll } from './race.ts'
import { scatteredQueries, substringQueries } from './seed.ts'
import { serveFile } from './serve-file.ts'
import { type Latencies, steadyLoad } from './steady-load.ts'
import { count, figure, type Row } from './table.ts'

const CONNECTIONS = 50
const PER_SECOND = 100
/** Number of pages that are requested. */
const PAGES = 10
const P99_BAR = 25
/** Requests to warm up the JIT compiler, not measured. As many follow at full load. */
const WARM_UP = 5000

export interface SearchPlan {
  readonly namespace: string
  readonly names: readonly string[]
  /** Description of the store: `1,000 versions`. */
  readonly store: string
  /** Duration of each kind of request. */
  readonly seconds: number
  /** Folder for the static file that a list is compared with. */
  readonly folder: string
}

interface RequestKind {
  readonly what: string
  readonly queries: readonly string[]
  /** Bar: CPU milliseconds per request; absent where only the growth is bounded. */
  readonly most?: number
  /** Bar: CPU per request as a multiple of that in the store of 1,000 charts. */
  readonly growth?: number
  /** Bar: CPU per request as a multiple of a bare Node server that sends the same response from a file. */
  readonly toFile?: number
}

/** CPU milliseconds per request by kind, by number of charts in the stores measured so far. */
export type SearchCosts = Map<number, Map<string, number>>

/** Measures lists and searches in one namespace, at a steady rate, with a session. */
export async function searchRows(chartroom: Chartroom, plan: SearchPlan, costs: SearchCosts): Promise<Row[]> {
  const { names } = plan
  const turns = PER_SECOND * plan.seconds
  const kinds: RequestKind[] = [
    { what: 'chart list', queries: pages(turns), toFile: 2, growth: 2 },
    { what: 'substring search', queries: searches(substringQueries(names, turns)), growth: 2 },
    { what: 'scattered search', queries: searches(scatteredQueries(names, turns)), most: 2.5 },
  ]
  const base = costs.get(1000)
  const spent = new Map<string, number>()
  costs.set(names.length, spent)
  const rows: Row[] = []
  for (const kind of kinds) {
    const { p50, p99, cpu, busy, file } = await measure(chartroom, plan, kind)
    spent.set(kind.what, cpu)
    const before = base?.get(kind.what)
    const what = `${plan.store}: ${kind.what} in ${count(names.length)} charts`
    rows.push({
      what: `${what}, p99 (p50)`,
      ours: `${figure(p99, 'ms')} (${figure(p50, 'ms')})`,
      bar: { text: `< ${P99_BAR} ms`, holds: p99 < P99_BAR },
    })
    rows.push({
      what: `${what}, CPU each${file ? ' (theirs: a static file)' : ''}`,
      ours: figure(cpu, 'ms'),
      ...(file && { theirs: figure(file.cpu, 'ms'), ratio: cpu / file.cpu }),
      bar: costBar(kind, cpu, file?.cpu),
    })
    if (file) {
      rows.push({
        what: `${what}, CPU each at full load (theirs: a static file)`,
        ours: figure(busy, 'ms'),
        theirs: figure(file.busy, 'ms'),
        ratio: busy / file.busy,
      })
    }
    if (before !== undefined && kind.growth !== undefined) {
      const ratio = cpu / before
      const bar = { text: `≤ ${kind.growth} × the cost in 1,000`, holds: ratio <= kind.growth }
      rows.push({ what: `${what}, to 1,000 charts`, ours: figure(cpu, 'ms'), theirs: figure(before, 'ms'), ratio, bar })
    }
  }
  return rows
}

function costBar({ most, toFile }: RequestKind, cpu: number, file: number | undefined): Row['bar'] {
  if (toFile !== undefined && file !== undefined) return { text: `≤ ${toFile} × a file`, holds: cpu <= toFile * file }
  return most === undefined ? undefined : { text: `< ${most} ms`, holds: cpu < most }
}

/** Measures one kind of request. `file`: the same for a bare server that sends the first response from a file. */
async function measure(chartroom: Chartroom, plan: SearchPlan, { queries, toFile }: RequestKind) {
  using client = chartroom.session(CONNECTIONS)
  const path = chartEndpoints.list.path.replace(':instanceId', chartroom.instance).replace(':namespace', plan.namespace)
  const pathOf = (turn: number) => `${path}?pageSize=10&${queries[turn % queries.length]}`
  const ours = await load(client, chartroom.server.pid, plan.seconds, pathOf)
  if (toFile === undefined) return { ...ours, file: undefined }
  const { body } = await client.ask(pathOf(0))
  await using server = await serveFile(join(plan.folder, 'list.json'), body)
  using other = new HttpClient(server.url, CONNECTIONS)
  return { ...ours, file: await load(other, server.pid, plan.seconds, () => '/') }
}

/** Latencies, and CPU milliseconds of the server per request. */
interface Load extends Latencies {
  /** CPU at the steady rate. */
  readonly cpu: number
  /** CPU at full load: each request follows the response before it. */
  readonly busy: number
}

async function load(client: HttpClient, pid: number, seconds: number, pathOf: (turn: number) => string): Promise<Load> {
  let next = 0
  const ask = () => client.ask(pathOf(next++))
  const askAll = (count: number) => doAll(new Array<typeof ask>(count).fill(ask), CONNECTIONS / 10)
  await askAll(WARM_UP)
  const start = cpuTime(pid)
  await askAll(WARM_UP)
  const between = cpuTime(pid)
  const latencies = await steadyLoad({ perSecond: PER_SECOND, seconds }, ask)
  const end = cpuTime(pid)
  return { ...latencies, busy: (between - start) / WARM_UP, cpu: (end - between) / (PER_SECOND * seconds) }
}

function pages(turns: number): string[] {
  const random = new Random(1)
  return Array.from({ length: turns }, () => `pageNo=${1 + random.below(PAGES)}`)
}

function searches(queries: readonly string[]): string[] {
  return queries.map((query) => `chartName=${encodeURIComponent(query)}`)
}
