import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeChart, type TestChart, type TestChartOptions } from '../../chart/testing/make-chart.ts'
import type { Precondition } from '../../contract/domain/precondition.ts'
import { openFileBlobStore } from '../blobs/file-blob-store.ts'
import { openSqlite } from '../db/database.ts'
import type { Call } from '../registry/core/call.ts'
import type { Registry } from '../registry/core/registry.ts'
import { GRACE_PERIOD } from '../registry/garbage/grace-period.ts'
import { ensureFirstInstance } from '../registry/instances/instances.ts'
import { createNamespace } from '../registry/instances/namespaces.ts'
import { type Published, publishChart } from '../registry/publishing/publish-chart.ts'
import { stageArchive } from '../registry/publishing/stage-archive.ts'
import { ReadingThreads, type ThreadLimits } from '../registry/reading/reading-threads.ts'
import { makeSecretBox } from '../registry/secrets/secret-box.ts'
import { startSession } from '../registry/sign-in/sessions.ts'
import { insertAccount } from './insert-account.ts'

export const TEST_PASSWORD = 'correct horse battery staple'

/** A registry on a real database and real files in a temporary folder, with its default instance. */
export interface TestRegistry extends AsyncDisposable {
  readonly registry: Registry
  /** Folder with `chartroom.db` and `blobs/`. */
  readonly folder: string
  /** ID of the default instance. */
  readonly instance: string
  /** A call of an administrator to the default instance. */
  readonly call: Call
  /** Creates the account `admin` with {@link TEST_PASSWORD}, unless it exists, and a session. Returns its token. */
  session(): Promise<string>
  /** Advances the clock of the registry, which otherwise stands still. */
  pass(milliseconds: number): void
  /** Creates a namespace in the default instance. */
  namespace(name: string, options?: { public?: boolean; immutable?: boolean }): Promise<void>
  /** Generates a chart and publishes it. */
  publish(
    namespace: string,
    chart: TestChartOptions,
    provenance?: string | ((chart: TestChart) => string),
    precondition?: Precondition,
  ): Promise<Published>
  /** Closes the registry and removes the folder. */
  close(): Promise<void>
}

export interface TestRegistryOptions {
  readonly maxUploadBytes?: number
  readonly maxBlobBytes?: number
  /** In milliseconds; by default a day. */
  readonly grace?: number
  /** By default a year. */
  readonly auditDays?: number
  /** Start time of the clock, ISO. */
  readonly time?: string
  readonly threads?: Partial<ThreadLimits>
  /** Space that uploads leave free, in bytes; by default 0, so that tests run on a nearly full disk. */
  readonly reserve?: number
}

/** Opens a new registry. Close it by `close` or with `await using`. */
export async function openTestRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-test-'))
  template ??= migratedDatabase()
  await writeFile(join(folder, 'chartroom.db'), await template)
  let time = Date.parse(options.time ?? '2026-11-20T08:00:00.000Z')
  const registry: Registry = {
    database: await openSqlite(join(folder, 'chartroom.db')),
    blobs: await openFileBlobStore(join(folder, 'blobs'), { reserve: options.reserve ?? 0 }),
    threads: new ReadingThreads(options.threads),
    secretBox: makeSecretBox('a secret of tests'),
    region: 'bj',
    maxUploadBytes: options.maxUploadBytes ?? 20 * 1024 * 1024,
    maxBlobBytes: options.maxBlobBytes ?? 1024 ** 3,
    grace: options.grace ?? GRACE_PERIOD,
    auditDays: options.auditDays ?? 365,
    now: () => new Date(time).toISOString(),
  }
  const { id: instance } = await ensureFirstInstance(registry)
  const call: Call = {
    caller: { kind: 'account', ...ADMINISTRATOR, revision: 1, grants: [], credential: { kind: 'session' } },
    instance,
    protocol: 'management',
    address: '127.0.0.1',
    userAgent: 'test',
    requestId: 'test',
  }
  const close = async () => {
    await registry.threads[Symbol.asyncDispose]()
    await registry.database.close()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    registry,
    folder,
    instance,
    call,
    session: async () => {
      await insertAdministrator(registry)
      const { token } = await startSession(
        registry,
        call,
        { ...ADMINISTRATOR, credential_revision: 1 },
        { kind: 'password' },
      )
      return token
    },
    pass: (milliseconds) => {
      time += milliseconds
    },
    namespace: async (name, { public: isPublic = false, immutable = false } = {}) => {
      const { id } = await createNamespace(registry, call, { name, public: isPublic })
      if (immutable) await makeImmutable(registry, id)
    },
    publish: async (namespace, chartOptions, provenance, precondition) => {
      const chart = await makeChart(chartOptions)
      const archive = await stageArchive(registry, once(chart.bytes))
      const text = typeof provenance === 'function' ? provenance(chart) : provenance
      return publishChart(registry, call, {
        namespace,
        archive,
        precondition,
        provenance: text === undefined ? undefined : { text },
      })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

let template: Promise<Buffer> | undefined

/** Creates an empty migrated database, once per process: migrations take most of the time of opening a registry. */
async function migratedDatabase(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-template-'))
  const file = join(folder, 'chartroom.db')
  await (await openSqlite(file)).close()
  const bytes = await readFile(file)
  await rm(folder, { recursive: true })
  return bytes
}

const ADMINISTRATOR = { id: 'test', name: 'admin', role: 'administrator' } as const

async function insertAdministrator(registry: Registry): Promise<void> {
  await insertAccount(registry, { ...ADMINISTRATOR, password: TEST_PASSWORD })
}

async function makeImmutable(registry: Registry, id: string): Promise<void> {
  await registry.database.write((transaction) =>
    transaction.updateTable('namespaces').set({ immutable: 1 }).where('id', '=', id).execute(),
  )
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
