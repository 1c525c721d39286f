// `npm run bench`: what the design asks of speed, measured on this machine, in one table. docs/performance.md says how.
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { hostileRows } from './hostile-rows.ts'
import { measureStores } from './measure-stores.ts'
import { readOptions } from './options.ts'
import { hasPeer, startPeer } from './peer.ts'
import { count, markdownTable, type Row } from './table.ts'
import { writeReport } from './write-report.ts'

const { plan, write } = readOptions(process.argv.slice(2))
const started = performance.now()
const [busy = 0] = loadavg()
const folder = await mkdtemp(join(tmpdir(), 'chartroom-bench-'))
try {
  if (!hasPeer()) tell('There is no docker-registry here (Debian: apt-get install docker-registry): nothing of theirs.')
  await using peer = hasPeer() ? await startPeer(join(folder, 'peer')) : undefined
  const stores = await measureStores(plan, { folder, peer, chromium: process.env.CHARTROOM_CHROMIUM, tell })
  const rows = [...stores, ...(await hostileRows(plan, { folder, tell }))]
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ')
  const report = `\`${command}\` on ${machine()}\n\n${markdownTable(rows)}\n\n${outcome(rows)}`
  tell(`\n${report}`)
  if (write) await writeReport(report)
} finally {
  await rm(folder, { recursive: true, force: true })
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}

function outcome(rows: readonly Row[]): string {
  const barred = rows.filter(({ bar }) => bar !== undefined)
  const missed = barred.filter(({ bar }) => bar?.holds === false).length
  const minutes = Math.ceil((performance.now() - started) / 60_000)
  return `${count(rows.length)} rows, measured in ${count(minutes)} minutes; of ${count(barred.length)} bars ${count(missed)} are missed.`
}

/** What is measured on, without a name of it. */
function machine(): string {
  const [processor] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const [linux] = /^\d+\.\d+/.exec(release()) ?? [release()]
  return `${count(cpus().length)} × ${processor?.model.trim()}, ${memory} GB of memory, Linux ${linux}, Node ${process.version}. ${busy.toFixed(1)} processes wanted to run when it began.`
}
