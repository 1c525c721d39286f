import { once } from 'node:events'
import { existsSync, statfsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ensureFirstInstance } from '../server/registry/instances/instances.ts'
import { findNamespace } from '../server/registry/instances/namespace-queries.ts'
import { createNamespace } from '../server/registry/instances/namespaces.ts'
import { ensureAdministrator } from '../server/registry/people/first-administrator.ts'
import { callAt, openCore, type Store } from './open-core.ts'
import type { ChartSet, WorkerInput } from './publish-charts.ts'
import { ADMIN } from './server-process.ts'

/** Bytes that the database of the largest store needs while it is loaded. */
const ROOM = 2 * 1024 ** 3

/**
 * Publishes charts through the registry core into the data folder `data`, while no server runs on it. Meanwhile the
 * database is kept in memory where possible, because otherwise each transaction would wait for the disk.
 */
export async function loadStore(data: string, sets: readonly ChartSet[]): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const kept = join(data, 'chartroom.db')
  const folder = await mkdtemp(join(fastFolder(), 'chartroom-bench-'))
  try {
    const store = { database: join(folder, 'chartroom.db'), blobs: join(data, 'blobs') }
    if (existsSync(kept)) await copyFile(kept, store.database)
    await publishAll(store, sets)
    await copyFile(store.database, kept)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function fastFolder(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > ROOM ? memory : tmpdir()
}

/** Publishes with one worker per processor, each with its own share of the charts. */
async function publishAll(store: Store, sets: readonly ChartSet[]): Promise<void> {
  const instance = await makeNamespaces(
    store,
    sets.map(({ namespace }) => namespace),
  )
  const count = availableParallelism()
  const workers = Array.from({ length: count }, async (_, worker) => {
    const work = sets.map((each) => ({ ...each, charts: each.charts.filter((_, index) => index % count === worker) }))
    const input: WorkerInput = { store, instance, work }
    await once(new Worker(new URL('./publish-charts.ts', import.meta.url), { workerData: input }), 'exit')
  })
  await Promise.all(workers)
}

async function makeNamespaces(store: Store, names: readonly string[]): Promise<string> {
  await using core = await openCore(store)
  const { registry } = core
  const { id: instance } = await ensureFirstInstance(registry)
  // A server refuses to start on blobs with a database without accounts: it takes that for a lost database.
  await ensureAdministrator(registry, ADMIN.password, async () => undefined)
  for (const name of names) {
    if (await findNamespace(registry.database.read, instance, name)) continue
    await createNamespace(registry, callAt(instance), { name, public: false })
  }
  return instance
}
