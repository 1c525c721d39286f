import { chmod, open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, type Transaction } from 'kysely'
import { migrate } from './migrate.ts'
import { nodeSqliteDialect } from './node-sqlite.ts'
import type { Schema } from './schema.ts'

/** The database: one connection for reading, one for writing. */
export interface Database {
  readonly read: Kysely<Schema>
  /**
   * Runs `change` as one transaction, one after the other, and answers when it is on the medium. What `change` throws
   * undoes all of it. Inside, await nothing but the database, and never call `write` again.
   */
  write<T>(change: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How long one process waits for another that writes to the same file, in milliseconds. */
const BUSY_TIMEOUT = 5000

/** Opens the SQLite database in `file`, making and migrating it as needed. Its folder must be there. */
export async function openSqlite(file: string): Promise<Database> {
  await keepPrivate(file)
  const writer = new Kysely<Schema>({
    dialect: nodeSqliteDialect(() => {
      const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true })
      database.exec('pragma journal_mode = wal; pragma synchronous = full')
      return database
    }),
  })
  const read = new Kysely<Schema>({
    dialect: nodeSqliteDialect(() => new DatabaseSync(file, { timeout: BUSY_TIMEOUT, readOnly: true })),
  })
  const close = async () => {
    await read.destroy()
    await writer.destroy()
  }
  try {
    await migrate(writer)
  } catch (error) {
    await close()
    throw error
  }
  return { read, write: (change) => writer.transaction().execute(change), close }
}

/** SQLite gives its side files the mode of the database, so the database is made before SQLite makes it. */
async function keepPrivate(file: string): Promise<void> {
  await (await open(file, 'a', 0o600)).close()
  await chmod(file, 0o600)
}
