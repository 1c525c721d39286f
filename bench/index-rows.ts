import { join } from 'node:path'
import type { Chartroom } from './chartroom.ts'
import { managementDoor } from './doors.ts'
import { HttpClient } from './http-client.ts'
import { cpuTime } from './process-cost.ts'
import { seededChart } from './seed.ts'
import { serveFile } from './serve-file.ts'
import { percentile } from './steady-load.ts'
import { figure, type Row } from './table.ts'

/** Milliseconds that the index after a push may take, and how much more than a file it may cost when it is unchanged. */
const FRESH_BAR = 20
const UNCHANGED_BAR = 2

export interface IndexPlan {
  readonly namespace: string
  /** A chart of the namespace. */
  readonly chart: string
  /** What is in it, in words: `100 charts with 100 versions each`. */
  readonly content: string
  /** How often it is asked for, in each state. */
  readonly rounds: number
  /** Whether the bars are for this one; others are reported beside it. */
  readonly judged: boolean
  /** A folder for the file that it is held against. */
  readonly folder: string
}

/** `index.yaml` of a namespace: after one push each time, then unchanged. Times are the server's own, on the processor. */
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

/** Half of the rounds took no longer. Throws when what was pushed is not in the index that is asked for next. */
async function afterPushes(chartroom: Chartroom, client: HttpClient, plan: IndexPlan, path: string): Promise<number> {
  using session = chartroom.session(1)
  const door = managementDoor(session, chartroom.instance, plan.namespace)
  const costs: number[] = []
  for (let round = 0; round < plan.rounds; round++) {
    const chart = await seededChart(plan.chart, `99.0.${round}`)
    await door.push(chart)
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
  // Awaited here: on return the client and the server go.
  return await cost(server.pid, rounds, () => client.download('/'))
}

/** Milliseconds of the processor that an answer takes, once the code that gives it has been compiled. */
async function cost(pid: number, rounds: number, ask: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < rounds; round++) await ask()
  const before = cpuTime(pid)
  for (let round = 0; round < rounds; round++) await ask()
  return (cpuTime(pid) - before) / rounds
}
