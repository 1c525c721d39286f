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
import { GRACE_PERIOD } from './registry/garbage/grace-period.ts'
import { ReadingThreads } from './registry/reading/reading-threads.ts'
import { makeSecretBox, WrongKeyError } from './registry/secrets/secret-box.ts'
import { checkSecretKey, hasSealedSecrets } from './registry/secrets/stored-secrets.ts'
import { readSecretKey } from './secret-key.ts'

/** A context that owns what it opened. */
export interface OpenContext extends Context, AsyncDisposable {
  /** File with the generated password of the administrator. */
  readonly adminPasswordFile: string
}

/**
 * Opens the data folder, the database and the blob store. Throws `ConfigError` after closing everything that was
 * opened. `onFailedFlush` is called, after logging, if a flush failed and acknowledged data may be lost.
 */
export async function openContext(config: Config, onFailedFlush: () => void = () => undefined): Promise<OpenContext> {
  // Synchronous, so that the last lines before an exit are not lost; stdout is for the start message.
  const log = pino(pino.destination({ dest: 2, sync: true }))
  const flushFailed = (error: unknown) => {
    log.fatal({ err: error }, 'flush failed: the disk may have lost writes')
    onFailedFlush()
  }
  await using resources = new AsyncDisposableStack()
  const folder = resources.use(await openDataFolder(config.data))
  const blobs = await openFileBlobStore(folder.blobs, { reserve: config.reserveBytes, onFailedFlush: flushFailed })
  const isWithoutBlobs = await blobs.isEmpty()
  // Checks before SQLite opens the database, because it would delete the log of the lost one.
  if (!isWithoutBlobs && (await sizeOf(folder.database)) === 0) throw databaseLost(config, folder)
  const database = resources.adopt(await openSqlite(folder.database, { onFailedFlush: flushFailed }), (opened) =>
    opened.close(),
  )
  if (!isWithoutBlobs && (await isNew(database))) throw databaseLost(config, folder)
  await blobs.discardUploads(new Date(Date.now() - GRACE_PERIOD).toISOString())
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
    grace: GRACE_PERIOD,
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

/** Size of a file in bytes; 0 if it does not exist. */
async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return { size: 0 }
    throw error
  })
  return size
}

/** Whether the database has no accounts yet, because its first start was not completed. */
async function isNew(database: Database): Promise<boolean> {
  return (await database.read.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) === undefined
}

function databaseLost({ data }: Config, folder: DataFolder): ConfigError {
  return new ConfigError(
    `CHARTROOM_DATA is ${JSON.stringify(data)}, which has archives in ${folder.blobs} but an empty database: restore ${folder.database} from a backup, or name an empty folder to start afresh.`,
  )
}

/** Checks at startup that the encryption key is the same as before, instead of failing in a later request. */
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
