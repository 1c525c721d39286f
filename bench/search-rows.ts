import { join } from 'node:path'
import { listCharts } from '../contract/ccr/charts.ts'
import type { Chartroom } from './chartroom.ts'
import { HttpClient } from './http-client.ts'
import { cpuTime } from './process-cost.ts'
import { doAll } from './race.ts'
import { Random } from './random.ts'
import { scatteredQueries, substringQueries } from './seed.ts'
import { serveFile } from './serve-file.ts'
import { type Latencies, steadyLoad } from './steady-load.ts'
import { count, figure, type Row } from './table.ts'

const CONNECTIONS = 50
const PER_SECOND = 100
/** Pages that people turn to. */
const PAGES = 10
const P99_BAR = 25
/** Answers that do not count: the first ones compile the code that gives them. */
const WARM_UP = 5000

export interface SearchPlan {
  readonly namespace: string
  readonly names: readonly string[]
  /** The store in words: `1,000 versions`. */
  readonly store: string
  /** How long each kind of question is asked. */
  readonly seconds: number
  /** A folder for the file that a list is held against. */
  readonly folder: string
}

interface Kind {
  readonly what: string
  readonly queries: readonly string[]
  /** Milliseconds of the processor that a question may take; none where only its growth is bounded. */
  readonly most?: number
  /** How much more it may take than in the store of 1,000 charts. */
  readonly growth?: number
  /** Whether it is held against its first answer as a file. */
  readonly besideFile?: boolean
}

/** What a question cost by its kind, in milliseconds, in the stores measured before. */
export type SearchCosts = Map<number, Map<string, number>>

/** Lists and searches in one namespace, at a steady rate, by people who are signed in. */
export async function searchRows(chartroom: Chartroom, plan: SearchPlan, costs: SearchCosts): Promise<Row[]> {
  const { names } = plan
  const turns = PER_SECOND * plan.seconds
  const kinds: Kind[] = [
    { what: 'chart list', queries: pages(turns), most: 0.5, growth: 2, besideFile: true },
    { what: 'substring search', queries: searches(substringQueries(names, turns)), growth: 2 },
    { what: 'scattered search', queries: searches(scatteredQueries(names, turns)), most: 2.5 },
  ]
  const base = costs.get(1000)
  const spent = new Map<string, number>()
  costs.set(names.length, spent)
  const rows: Row[] = []
  for (const kind of kinds) {
    const { p50, p99, cpu, file } = await ask(chartroom, plan, kind)
    spent.set(kind.what, cpu)
    const before = base?.get(kind.what)
    const what = `${plan.store}: ${kind.what} in ${count(names.length)} charts`
    rows.push({
      what: `${what}, p99 (p50)`,
      ours: `${figure(p99, 'ms')} (${figure(p50, 'ms')})`,
      bar: { text: `< ${P99_BAR} ms`, holds: p99 < P99_BAR },
    })
    rows.push({
      what: `${what}, CPU each${file === undefined ? '' : ' (theirs: a static file)'}`,
      ours: figure(cpu, 'ms'),
      ...(file !== undefined && { theirs: figure(file, 'ms'), ratio: cpu / file }),
      bar: costBar(kind, cpu),
    })
    if (before !== undefined && kind.growth !== undefined) {
      const ratio = cpu / before
      const bar = { text: `≤ ${kind.growth} × the cost in 1,000`, holds: ratio <= kind.growth }
      rows.push({ what: `${what}, to 1,000 charts`, ours: figure(cpu, 'ms'), theirs: figure(before, 'ms'), ratio, bar })
    }
  }
  return rows
}

function costBar({ most }: Kind, cpu: number): Row['bar'] {
  return most === undefined ? undefined : { text: `< ${most} ms`, holds: cpu < most }
}

/** `file`: what a bare server spends on sending the first answer, asked in the same way. */
async function ask(chartroom: Chartroom, plan: SearchPlan, { queries, besideFile }: Kind) {
  using client = chartroom.session(CONNECTIONS)
  const path = listCharts.path.replace(':instanceId', chartroom.instance).replace(':projectName', plan.namespace)
  const pathOf = (turn: number) => `${path}?pageSize=10&${queries[turn % queries.length]}`
  const ours = await load(client, chartroom.server.pid, plan.seconds, pathOf)
  if (!besideFile) return { ...ours, file: undefined }
  const { body } = await client.ask(pathOf(0))
  await using server = await serveFile(join(plan.folder, 'list.json'), body)
  using other = new HttpClient(server.url, CONNECTIONS)
  const { cpu: file } = await load(other, server.pid, plan.seconds, () => '/')
  return { ...ours, file }
}

/** How long answers took, and what each cost the server, in milliseconds. */
async function load(
  client: HttpClient,
  pid: number,
  seconds: number,
  pathOf: (turn: number) => string,
): Promise<Latencies & { cpu: number }> {
  const turn = (index: number) => client.ask(pathOf(index))
  await doAll(
    Array.from({ length: WARM_UP }, (_, index) => () => turn(index)),
    CONNECTIONS / 10,
  )
  const before = cpuTime(pid)
  const latencies = await steadyLoad({ perSecond: PER_SECOND, seconds }, turn)
  return { ...latencies, cpu: (cpuTime(pid) - before) / (PER_SECOND * seconds) }
}

function pages(turns: number): string[] {
  const random = new Random(1)
  return Array.from({ length: turns }, () => `pageNo=${1 + random.below(PAGES)}`)
}

function searches(queries: readonly string[]): string[] {
  return queries.map((query) => `chartName=${encodeURIComponent(query)}`)
}
