import { listCharts } from '../contract/ccr/charts.ts'
import type { Chartroom } from './chartroom.ts'
import { cpuTime } from './process-cost.ts'
import { doAll } from './race.ts'
import { Random } from './random.ts'
import { scatteredQueries, substringQueries } from './seed.ts'
import { steadyLoad } from './steady-load.ts'
import { count, figure, type Row } from './table.ts'

const CONNECTIONS = 50
const PER_SECOND = 100
/** Pages that people turn to. */
const PAGES = 10
const P99_BAR = 25
/** Answers that do not count: the first ones compile the code that gives them. */
const WARM_UP = 1500

export interface SearchPlan {
  readonly namespace: string
  readonly names: readonly string[]
  /** The store in words: `1,000 versions`. */
  readonly store: string
  /** How long each kind of question is asked. */
  readonly seconds: number
}

interface Kind {
  readonly what: string
  readonly queries: readonly string[]
  /** Milliseconds of the processor that a question may take; none where only its growth is bounded. */
  readonly most?: number
  /** How much more it may take than in the store of 1,000 charts. */
  readonly growth?: number
}

/** What a question cost by its kind, in milliseconds, in the stores measured before. */
export type SearchCosts = Map<number, Map<string, number>>

/** Lists and searches in one namespace, at a steady rate, by people who are signed in. */
export async function searchRows(chartroom: Chartroom, plan: SearchPlan, costs: SearchCosts): Promise<Row[]> {
  const { names } = plan
  const turns = PER_SECOND * plan.seconds
  const kinds: Kind[] = [
    { what: 'chart list', queries: pages(turns), most: 0.5, growth: 2 },
    { what: 'substring search', queries: searches(substringQueries(names, turns)), growth: 2 },
    { what: 'scattered search', queries: searches(scatteredQueries(names, turns)), most: 2.5 },
  ]
  const base = costs.get(1000)
  const spent = new Map<string, number>()
  costs.set(names.length, spent)
  const rows: Row[] = []
  for (const kind of kinds) {
    const { p50, p99, cpu } = await ask(chartroom, plan, kind.queries)
    spent.set(kind.what, cpu)
    const before = base?.get(kind.what)
    const what = `${plan.store}: ${kind.what} in ${count(names.length)} charts`
    rows.push({
      what: `${what}, p99 (p50)`,
      ours: `${figure(p99, 'ms')} (${figure(p50, 'ms')})`,
      bar: { text: `< ${P99_BAR} ms`, holds: p99 < P99_BAR },
    })
    rows.push({ what: `${what}, CPU each`, ours: figure(cpu, 'ms'), bar: costBar(kind, cpu) })
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

async function ask(chartroom: Chartroom, plan: SearchPlan, queries: readonly string[]) {
  using client = chartroom.session(CONNECTIONS)
  const path = listCharts.path.replace(':instanceId', chartroom.instance).replace(':projectName', plan.namespace)
  const turn = (index: number) => client.ask(`${path}?pageSize=10&${queries[index % queries.length]}`)
  await doAll(
    Array.from({ length: WARM_UP }, (_, index) => () => turn(index)),
    CONNECTIONS / 10,
  )
  const before = cpuTime(chartroom.server.pid)
  const latencies = await steadyLoad({ perSecond: PER_SECOND, seconds: plan.seconds }, turn)
  return { ...latencies, cpu: (cpuTime(chartroom.server.pid) - before) / (PER_SECOND * plan.seconds) }
}

function pages(turns: number): string[] {
  const random = new Random(1)
  return Array.from({ length: turns }, () => `pageNo=${1 + random.below(PAGES)}`)
}

function searches(queries: readonly string[]): string[] {
  return queries.map((query) => `chartName=${encodeURIComponent(query)}`)
}
