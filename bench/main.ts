// `npm run bench`: measures the performance targets on this machine and prints one table. See docs/performance.md.
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { hasCncfRegistry, startCncfRegistry } from './cncf-registry.ts'
import { hostileRows } from './hostile-rows.ts'
import { measureStores } from './measure-stores.ts'
import { readOptions } from './options.ts'
import { count, markdownTable, type Row } from './table.ts'
import { writeReport } from './write-report.ts'

const { plan, write } = readOptions(process.argv.slice(2))
const started = performance.now()
const [busy = 0] = loadavg()
const folder = await mkdtemp(join(tmpdir(), 'chartroom-bench-'))
try {
  const comparable = hasCncfRegistry()
  if (!comparable) log('docker-registry is not installed (Debian: apt-get install docker-registry): no comparison.')
  await using cncf = comparable ? await startCncfRegistry(join(folder, 'cncf')) : undefined
  const stores = await measureStores(plan, { folder, cncf, chromium: process.env.CHARTROOM_CHROMIUM, log })
  const rows = [...stores, ...(await hostileRows(plan, { folder, log }))]
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ')
  const report = `\`${command}\` on ${machine()}\n\n${markdownTable(rows)}\n\n${outcome(rows)}`
  log(`\n${report}`)
  if (write) await writeReport(report)
} finally {
  await rm(folder, { recursive: true, force: true })
}

function log(line: string): void {
  process.stdout.write(`${line}\n`)
}

function outcome(rows: readonly Row[]): string {
  const barred = rows.filter(({ bar }) => bar !== undefined)
  const missed = barred.filter(({ bar }) => bar?.holds === false).length
  const minutes = Math.ceil((performance.now() - started) / 60_000)
  return `${count(rows.length)} rows, measured in ${count(minutes)} minutes; ${count(missed)} of ${count(barred.length)} bars missed.`
}

/** Describes the machine, without its name. */
function machine(): string {
  const [processor] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const [linux] = /^\d+\.\d+/.exec(release()) ?? [release()]
  return `${count(cpus().length)} × ${processor?.model.trim()}, ${memory} GB of memory, Linux ${linux}, Node ${process.version}. Load average ${busy.toFixed(1)} at the start.`
}
