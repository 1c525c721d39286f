import { join } from 'node:path'
import { makeChart } from '../chart/testing/make-chart.ts'
import { type Chartroom, openChartroom } from './chartroom.ts'
import type { HttpClient } from './http-client.ts'
import { loadStore } from './load-store.ts'
import type { Plan } from './plan.ts'
import { peakMemory } from './process-cost.ts'
import { classicProtocol, digestOf, MANIFEST, pushBlob } from './protocols.ts'
import { versionNames } from './seed.ts'
import { count, figure, type Row } from './table.ts'

/** Bars: longest pause of the event loop in milliseconds, and peak memory of the process in megabytes. */
const PAUSE_BAR = 60
const MEMORY_BAR = 500
/** Concurrent requests. */
const AT_ONCE = 6
const NAMESPACE = 'hostile'
const CHART = 'nginx'

/** Measures how long malicious requests block the event loop, on a separate server. */
export async function hostileRows(
  { hostile }: Plan,
  { folder, log }: { readonly folder: string; log(line: string): void },
): Promise<Row[]> {
  const data = join(folder, 'hostile')
  log(`Loading ${count(hostile.versions)} versions to delete …`)
  await loadStore(data, [{ namespace: NAMESPACE, charts: [CHART], versions: versionNames(hostile.versions) }])
  await using chartroom = await openChartroom(data)
  using session = chartroom.session(AT_ONCE)
  using client = chartroom.basic(AT_ONCE)
  log('Measuring pauses of the event loop …')
  const chart = `/v1/instances/${chartroom.instance}/projects/${NAMESPACE}/charts/${CHART}`
  const deletion = await pauseRow(chartroom, `deletion of ${count(hostile.versions)} versions`, () =>
    session.ask(chart, { method: 'DELETE' }),
  )
  await pushLargeCharts(client, hostile.charts)
  const index = await pauseRow(chartroom, `index of ${count(hostile.charts)} charts with 1 MB descriptions`, () =>
    atOnce(() => client.download(`/chartrepo/${NAMESPACE}/index.yaml`)),
  )
  const list = await pushReferrers(client, hostile.referrers)
  const referrers = await pauseRow(chartroom, `${count(hostile.referrers)} referrers with 4 MiB annotations`, () =>
    atOnce(() => client.download(list)),
  )
  const memory = peakMemory(chartroom.server.pid) / 1e6
  return [
    deletion,
    index,
    referrers,
    {
      what: 'resident memory at most, under the three loads above',
      ours: figure(memory, 'MB'),
      bar: { text: `< ${MEMORY_BAR} MB`, holds: memory < MEMORY_BAR },
    },
  ]
}

async function pauseRow({ server }: Chartroom, what: string, load: () => Promise<unknown>): Promise<Row> {
  await server.longestPause()
  await load()
  const pause = await server.longestPause()
  return {
    what: `${what}: longest pause of the event loop`,
    ours: figure(pause, 'ms'),
    bar: { text: `< ${PAUSE_BAR} ms`, holds: pause < PAUSE_BAR },
  }
}

function atOnce(ask: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: AT_ONCE }, ask))
}

/** Pushes packages of a kilobyte whose description is 1 MB when unpacked. */
async function pushLargeCharts(client: HttpClient, charts: number): Promise<void> {
  const protocol = classicProtocol(client, NAMESPACE)
  const description = 'x'.repeat(1_000_000)
  for (let patch = 0; patch < charts; patch++) {
    await protocol.push(await makeChart({ name: 'large', version: `1.0.${patch}`, metadata: { description } }))
  }
}

/** Pushes manifests that refer to one subject; returns the path of its referrers list. */
async function pushReferrers(client: HttpClient, referrers: number): Promise<string> {
  const repository = `/v2/${NAMESPACE}/artifact`
  const config = Buffer.from('{}')
  await pushBlob(client, repository, config)
  const described = { mediaType: 'a/b', digest: digestOf(config), size: config.length }
  const subject = { ...described, digest: digestOf(Buffer.from('subject')) }
  const headers = { 'Content-Type': MANIFEST }
  for (let number = 0; number < referrers; number++) {
    const annotations = { number: String(number), note: 'x'.repeat(4_150_000) }
    const manifest = { schemaVersion: 2, artifactType: 'a/b', config: described, layers: [], subject, annotations }
    const body = Buffer.from(JSON.stringify(manifest))
    await client.ask(`${repository}/manifests/${digestOf(body)}`, { method: 'PUT', headers, body })
  }
  return `${repository}/referrers/${subject.digest}`
}
