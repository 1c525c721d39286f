import { join } from 'node:path'
import type { Chartroom } from './chartroom.ts'
import { HttpClient } from './http-client.ts'
import { cpuTime } from './process-cost.ts'
import { managementProtocol } from './protocols.ts'
import { seededChart } from './seed.ts'
import { serveFile } from './serve-file.ts'
import { percentile } from './steady-load.ts'
import { figure, type Row } from './table.ts'

/** Bars: milliseconds for the index after a push, and cost of an unchanged index as a multiple of a static file. */
const FRESH_BAR = 20
const UNCHANGED_BAR = 2

export interface IndexPlan {
  readonly namespace: string
  /** A chart of the namespace. */
  readonly chart: string
  /** Description of its content: `100 charts × 100 versions`. */
  readonly content: string
  /** Number of requests in each state. */
  readonly rounds: number
  /** Whether the bars apply; otherwise the figures are only reported. */
  readonly judged: boolean
  /** Folder for the static file that it is compared with. */
  readonly folder: string
}

/** Measures `index.yaml` of a namespace, after a push and unchanged, in CPU time of the server. */
export async function indexRows(chartroom: Chartroom, plan: IndexPlan): Promise<Row[]> {
  using client = chartroom.basic(1)
  const path = `/chartrepo/${plan.namespace}/index.yaml`
  const { body } = await client.ask(path)
  const fresh = await afterPushes(chartroom, client, plan, path)
  const unchanged = await cost(chartroom.server.pid, plan.rounds, () => client.download(path))
  const file = await costOfFile(plan, body)
  const ratio = unchanged / file
  const size = figure(body.length / 1e6, 'MB')
  const what = `index.yaml, ${plan.content}, ${size}`
  return [
    {
      what: `${what}: after one push, CPU`,
      ours: figure(fresh, 'ms'),
      bar: plan.judged ? { text: `< ${FRESH_BAR} ms`, holds: fresh < FRESH_BAR } : undefined,
    },
    {
      what: `${what}: unchanged, CPU (theirs: a static file)`,
      ours: figure(unchanged, 'ms'),
      theirs: figure(file, 'ms'),
      ratio,
      bar: plan.judged ? { text: `< ${UNCHANGED_BAR} × a file`, holds: ratio < UNCHANGED_BAR } : undefined,
    },
  ]
}

/** Median CPU time, in milliseconds, of the first index after a push. Throws if the index lacks the pushed version. */
async function afterPushes(chartroom: Chartroom, client: HttpClient, plan: IndexPlan, path: string): Promise<number> {
  using session = chartroom.session(1)
  const protocol = managementProtocol(session, chartroom.instance, plan.namespace)
  const costs: number[] = []
  for (let round = 0; round < plan.rounds; round++) {
    const chart = await seededChart(plan.chart, `99.0.${round}`)
    await protocol.push(chart)
    const before = cpuTime(chartroom.server.pid)
    const { body } = await client.ask(path)
    costs.push(cpuTime(chartroom.server.pid) - before)
    if (!body.includes(chart.sha256)) throw new Error(`${chart.fileName} is not in the index after its push.`)
  }
  return percentile(
    costs.toSorted((a, b) => a - b),
    0.5,
  )
}

async function costOfFile({ folder, namespace, rounds }: IndexPlan, body: Uint8Array): Promise<number> {
  await using server = await serveFile(join(folder, `${namespace}.yaml`), body)
  using client = new HttpClient(server.url, 1)
  // `await` is needed: on return the client and the server are disposed.
  return await cost(server.pid, rounds, () => client.download('/'))
}

/** CPU milliseconds per response, measured after as many requests to warm up the JIT compiler. */
async function cost(pid: number, rounds: number, ask: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < rounds; round++) await ask()
  const before = cpuTime(pid)
  for (let round = 0; round < rounds; round++) await ask()
  return (cpuTime(pid) - before) / rounds
}
