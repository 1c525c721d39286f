// Worker that publishes charts through the registry core into existing namespaces of a store.
import { workerData } from 'node:worker_threads'
import { publishChart } from '../server/registry/publishing/publish-chart.ts'
import { stageArchive } from '../server/registry/publishing/stage-archive.ts'
import { callAt, openCore, type Store } from './open-core.ts'
import { seededChart } from './seed.ts'

/** Input of a worker. */
export interface WorkerInput {
  readonly store: Store
  readonly instance: string
  readonly work: readonly ChartSet[]
}

/** Charts to publish into a namespace, each in all of the versions. */
export interface ChartSet {
  readonly namespace: string
  readonly charts: readonly string[]
  readonly versions: readonly string[]
}

/** Concurrent publications, so that the processor does not wait for the disk. */
const AT_ONCE = 8

const { store, instance, work }: WorkerInput = workerData
await using core = await openCore(store)
const { registry } = core
const call = callAt(instance)
const left = allOf(work)
await Promise.all(Array.from({ length: AT_ONCE }, publishNext))

async function publishNext(): Promise<void> {
  for (const { namespace, name, version } of left) {
    const { bytes } = await seededChart(name, version)
    await publishChart(registry, call, { namespace, archive: await stageArchive(registry, once(bytes)) })
  }
}

function* allOf(sets: readonly ChartSet[]): Generator<{ namespace: string; name: string; version: string }> {
  for (const { namespace, charts, versions } of sets) {
    for (const name of charts) for (const version of versions) yield { namespace, name, version }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
