import { AsyncLocalStorage } from 'node:async_hooks'
import { chmod, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql, type Transaction } from 'kysely'
import { syncFolder } from '../durable-files.ts'
import { storageProblem } from '../storage-problem.ts'
import { groupCommit } from './group-commit.ts'
import { migrate } from './migrate.ts'
import { nodeSqliteDialect } from './node-sqlite.ts'
import type { Schema } from './schema.ts'

/** The database: one connection for reading, one for writing. */
export interface Database {
  readonly read: Kysely<Schema>
  /**
   * Runs `change` as one transaction, one after the other, and resolves when it is on the medium. If `change` throws,
   * all of it is rolled back. Inside, await only the database, and `yieldToEventLoop` between chunks of many rows:
   * `read` and every other request go on meanwhile, and see nothing of it before it is committed. Throws when it is
   * called inside of `change`: it would wait for a transaction that waits for it. Kysely throws when a transaction is used
   * after its end.
   */
  write<T>(change: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>
  /** Writes and flushes something small. Throws what a write would be refused with now. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface SqliteOptions {
  /** Told that the log could not be flushed. All later writes are refused: it is unknown what the medium has kept. */
  readonly onFailedFlush?: (error: unknown) => void
}

/** SQLite has found the database file to be damaged. */
export class DamagedDatabaseError extends Error {
  override name = 'DamagedDatabaseError'
}

/** How long one process waits for another that writes to the same file, in milliseconds. */
const BUSY_TIMEOUT = 5000
/**
 * Pages that the log has grown to when SQLite carries them over into the database, while nobody is answered: four times
 * its own default, for a quarter as often.
 */
const LOG_PAGES = 4000
/** Bytes of the largest database that is checked for damage at each start: about a second of work. */
const CHECKED_BYTES = 512 * 1024 * 1024

/**
 * Opens the SQLite database in `file`, making and migrating it as needed. Its folder must be there. Throws
 * `NewerDatabaseError`, {@link DamagedDatabaseError}, and errors of SQLite and the file system.
 *
 * SQLite would flush its log at each commit, while nobody else is answered (`synchronous = full`). Here it writes the
 * log and leaves flushing it to us, which is done in another thread, once for all transactions that wait for it. It
 * still flushes by itself whatever keeps the file from damage. Source: SQLite, `pragma synchronous`, “Write-Ahead Logging”.
 */
export async function openSqlite(file: string, { onFailedFlush }: SqliteOptions = {}): Promise<Database> {
  await keepPrivate(file)
  startCleanly(file, (await stat(file)).size)
  const writer = new Kysely<Schema>({
    dialect: nodeSqliteDialect(() => {
      const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true })
      database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = ${LOG_PAGES}`)
      return database
    }),
  })
  await using opened = new AsyncDisposableStack()
  opened.defer(() => writer.destroy())
  await migrate(writer)
  const read = new Kysely<Schema>({
    dialect: nodeSqliteDialect(() => new DatabaseSync(file, { timeout: BUSY_TIMEOUT, readOnly: true })),
  })
  opened.defer(() => read.destroy())
  const log = opened.use(await open(`${file}-wal`, 'r'))
  // The log is a new file at each start. What is flushed into it is lost with its name.
  await syncFolder(dirname(file))
  const flush = groupCommit(() => log.datasync(), onFailedFlush)
  const running = new AsyncLocalStorage<{ ended: boolean }>()
  const owned = opened.move()
  const write: Database['write'] = async (change) => {
    if (running.getStore()?.ended === false) throw new Error('a transaction inside a transaction')
    const state = { ended: false }
    const transaction = running.run(state, () => writer.transaction().execute(change))
    const result = await transaction.finally(() => {
      state.ended = true
    })
    await flush()
    return result
  }
  return {
    read,
    write,
    check: async () => {
      await write((transaction) => sql`pragma user_version = 1`.execute(transaction))
    },
    close: () => owned.disposeAsync(),
  }
}

/** SQLite gives its side files the mode of the database, so the database is made before SQLite makes it. */
async function keepPrivate(file: string): Promise<void> {
  await (await open(file, 'a', 0o600)).close()
  await chmod(file, 0o600)
}

/**
 * Checks the database for damage, and moves its log into it. After a flush that failed, the log that is read may not be
 * the one on the medium: what would be appended to it could be lost with it. Throws {@link DamagedDatabaseError}, and
 * SQLite's own error for what is no database at all.
 */
function startCleanly(file: string, size: number): void {
  using database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT })
  if (size <= CHECKED_BYTES) {
    const { quick_check: found } = database.prepare('pragma quick_check(1)').get() ?? {}
    if (found !== 'ok') throw new DamagedDatabaseError(String(found))
  }
  try {
    database.exec('pragma wal_checkpoint(truncate)')
  } catch (error) {
    // On a full disk the log stays: reading and deleting go on with it.
    if (storageProblem(error) !== 'full') throw error
  }
}
