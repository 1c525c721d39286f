import { AsyncLocalStorage } from 'node:async_hooks'
import { chmod, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql, type Transaction } from 'kysely'
import { syncFolder } from '../durable-files.ts'
import { storageProblem } from '../storage-problem.ts'
import { migrate } from './migrate.ts'
import { nodeSqliteDialect } from './node-sqlite.ts'
import type { Schema } from './schema.ts'
import { Checkpointer, LOG_PAGES, TELLS_LOG_LENGTH } from './wal/checkpointer.ts'
import { groupCommit } from './wal/group-commit.ts'

/** A database with one connection for reading and one for writing. */
export interface Database {
  readonly read: Kysely<Schema>
  /**
   * Runs `change` as one transaction, after those begun before, and resolves when it is flushed to the disk. If `change`
   * throws, it is rolled back. Inside, await only the database, and `yieldToEventLoop` between chunks of many rows:
   * `read` and other requests proceed meanwhile, and see the changes only once they are committed. Throws when called
   * inside `change`, which would be a deadlock. Kysely throws when a transaction is used after its end.
   */
  write<T>(change: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>
  /** Performs and flushes a small write. Throws the error that a write would fail with now. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface SqliteOptions {
  /**
   * Called when flushing the log failed, after which all writes are rejected, or when moving it into the database failed:
   * it is unknown what the disk has kept.
   */
  readonly onFailedFlush?: (error: unknown) => void
}

/** SQLite has found the database file to be damaged. */
export class DamagedDatabaseError extends Error {
  override name = 'DamagedDatabaseError'
}

/** Limit of the wait for another process that writes to the same file, in milliseconds. */
const BUSY_TIMEOUT = 5000
/** Bytes of the largest database that is checked for damage at each start: about a second of work. */
const CHECKED_BYTES = 512 * 1024 * 1024

/**
 * Opens the SQLite database `file`, creating and migrating it as needed. Its folder must exist. Throws
 * `NewerDatabaseError`, {@link DamagedDatabaseError}, and errors of SQLite and the file system.
 *
 * With `synchronous = full` SQLite would flush its log at each commit, which blocks the event loop. Here it only writes
 * the log; flushing is done in another thread, once for all transactions that wait for it (group commit). SQLite still
 * flushes by itself as far as the file would be damaged otherwise. Source: SQLite, `pragma synchronous`, “Write-Ahead Logging”.
 */
export async function openSqlite(
  file: string,
  { onFailedFlush = () => undefined }: SqliteOptions = {},
): Promise<Database> {
  await keepPrivate(file)
  startCleanly(file, (await stat(file)).size)
  const writer = new Kysely<Schema>({
    dialect: nodeSqliteDialect(() => {
      const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true })
      // An older SQLite moves the log into the database itself, within a commit.
      const autocheckpoint = TELLS_LOG_LENGTH ? 0 : LOG_PAGES
      database.exec(`pragma journal_mode = wal; pragma synchronous = normal`)
      database.exec(`pragma wal_autocheckpoint = ${autocheckpoint}`)
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
  const checkpointer = opened.use(
    new Checkpointer({ file, timeout: BUSY_TIMEOUT, read, writer, onFailure: onFailedFlush }),
  )
  const flush = groupCommit(async () => {
    await log.datasync()
    if (TELLS_LOG_LENGTH) await checkpointer.beginIfDue()
  }, onFailedFlush)
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

/** Creates the file with the right mode before SQLite does, which gives its side files the mode of the database. */
async function keepPrivate(file: string): Promise<void> {
  await (await open(file, 'a', 0o600)).close()
  await chmod(file, 0o600)
}

/**
 * Checks the database for damage, and moves its log into it. After a flush that failed, the log that is read may differ from
 * the one on the disk, and appended transactions could be lost with it. Throws {@link DamagedDatabaseError}, and
 * SQLite's own error if the file is no database.
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
