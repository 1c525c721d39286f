import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { openFileBlobStore } from './blobs/file-blob-store.ts'
import { type Config, publicUrlOf } from './config.ts'
import { ConfigError } from './config-error.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { type Database, openSqlite } from './db/database.ts'
import { makeRequestCounter } from './http/authentication/request-counter.ts'
import type { Context } from './http/context.ts'
import { trustIn } from './http/transport/client.ts'
import { JOBS } from './jobs/job-kinds.ts'
import { JobRunner } from './jobs/job-runner.ts'
import { makeOidcProvider } from './oidc/oidc-provider.ts'
import type { Registry } from './registry/core/registry.ts'
import { ReadingThreads } from './registry/reading/reading-threads.ts'
import { makeSecretBox, WrongKeyError } from './registry/secrets/secret-box.ts'
import { checkSecretKey, hasSealedSecrets } from './registry/secrets/stored-secrets.ts'
import { readSecretKey } from './secret-key.ts'

/** A context that owns what it opened. */
export interface OpenContext extends Context, AsyncDisposable {
  /** File that a generated administrator's password is kept in. */
  readonly adminPasswordFile: string
}

/** How long what nobody needs any more is kept, and an upload that nobody goes on with, in milliseconds. */
const GRACE = 24 * 60 * 60 * 1000

/**
 * Opens the data folder, the database and the blobs. Throws `ConfigError`; what was opened until then is closed.
 * `onFailedFlush` is called after logging when a flush has failed and acknowledged data may be lost.
 */
export async function openContext(config: Config, onFailedFlush: () => void = () => undefined): Promise<OpenContext> {
  // Written at once, so that the last lines before an end are not lost; stdout is for people.
  const log = pino(pino.destination({ dest: 2, sync: true }))
  const flushFailed = (error: unknown) => {
    log.fatal({ err: error }, 'flush failed: the disk may have lost writes')
    onFailedFlush()
  }
  await using resources = new AsyncDisposableStack()
  const folder = resources.use(await openDataFolder(config.data))
  const blobs = await openFileBlobStore(folder.blobs, { reserve: config.reserveBytes, onFailedFlush: flushFailed })
  const isWithoutBlobs = await blobs.isEmpty()
  // Before SQLite opens it: it would delete the log that belongs to the lost database.
  if (!isWithoutBlobs && (await sizeOf(folder.database)) === 0) throw databaseLost(config, folder)
  const database = resources.adopt(await openSqlite(folder.database, { onFailedFlush: flushFailed }), (opened) =>
    opened.close(),
  )
  if (!isWithoutBlobs && (await isNew(database))) throw databaseLost(config, folder)
  await blobs.discardUploads(new Date(Date.now() - GRACE).toISOString())
  const registry: Registry = {
    database,
    blobs,
    threads: resources.use(new ReadingThreads()),
    secretBox: makeSecretBox(
      config.secret ?? (await readSecretKey(folder.secretKey, await hasSealedSecrets(database))),
    ),
    region: config.region,
    maxUploadBytes: config.maxUploadBytes,
    maxBlobBytes: config.maxBlobBytes,
    grace: GRACE,
    auditDays: config.auditDays,
    now: () => new Date().toISOString(),
  }
  await checkKey(registry, config, folder.secretKey)
  const jobs = resources.use(new JobRunner(registry, log, JOBS))
  const owned = resources.move()
  return {
    registry,
    jobs,
    provider: config.oidc && makeOidcProvider(config.oidc),
    log,
    version: await readVersion(),
    consoleFolder: fileURLToPath(new URL('../dist', import.meta.url)),
    publicUrl: publicUrlOf(config, config.port),
    isTrustedProxy: trustIn(config.trustedProxies),
    requests: makeRequestCounter(config.rateLimit),
    adminPasswordFile: folder.adminPassword,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Size of a file in bytes; 0 where there is none. */
async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return { size: 0 }
    throw error
  })
  return size
}

/** Whether the first start of this database has not made the administrator yet. */
async function isNew(database: Database): Promise<boolean> {
  return (await database.read.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) === undefined
}

function databaseLost({ data }: Config, folder: DataFolder): ConfigError {
  return new ConfigError(
    `CHARTROOM_DATA is ${JSON.stringify(data)}, which has archives in ${folder.blobs} but an empty database: restore ${folder.database} from a backup, or name an empty folder to start afresh.`,
  )
}

/** Starting with another key than before would fail later, in front of somebody. */
async function checkKey(registry: Registry, { secret }: Config, file: string): Promise<void> {
  try {
    await checkSecretKey(registry)
  } catch (error) {
    if (!(error instanceof WrongKeyError)) throw error
    throw new ConfigError(
      secret === undefined
        ? `${file} is not the key that the secrets in this data folder are sealed with: put the right one back, or set CHARTROOM_SECRET if that was used before.`
        : 'CHARTROOM_SECRET is not what the secrets in this data folder are sealed with: set the one that was used before.',
    )
  }
}

async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return String(version)
}
