// A worker that publishes charts through the core, into a store whose namespaces are there.
import { workerData } from 'node:worker_threads'
import { publishChart } from '../server/registry/publishing/publish-chart.ts'
import { stageArchive } from '../server/registry/publishing/stage-archive.ts'
import { callAt, openCore, type Store } from './open-core.ts'
import { seededChart } from './seed.ts'

/** What a worker is given. */
export interface Share {
  readonly store: Store
  readonly instance: string
  readonly work: readonly Wanted[]
}

/** Charts of a namespace that are to be in the store. */
export interface Wanted {
  readonly namespace: string
  readonly charts: readonly string[]
  readonly versions: readonly string[]
}

/** Publications that are under way at once, so that the processor does not wait for the disk. */
const AT_ONCE = 8

const { store, instance, work }: Share = workerData
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

function* allOf(wanted: readonly Wanted[]): Generator<{ namespace: string; name: string; version: string }> {
  for (const { namespace, charts, versions } of wanted) {
    for (const name of charts) for (const version of versions) yield { namespace, name, version }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
