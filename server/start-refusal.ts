import { ConfigError } from './config-error.ts'
import { DamagedDatabaseError } from './db/database.ts'
import { NewerDatabaseError } from './db/migrate.ts'
import { storageProblem } from './storage-problem.ts'

/** SQLite's primary result codes. Source: SQLite, “Result and Error Codes”. */
const SQLITE = { IOERR: 10, CORRUPT: 11, CANTOPEN: 14, NOTADB: 26 }

/**
 * Returns a one-line error for the operator if the configuration or the data folder cannot be used; undefined for any
 * other failure, which is a defect and keeps its stack trace.
 */
export function startRefusal(error: unknown, data: string): ConfigError | undefined {
  if (error instanceof ConfigError) return error
  if (!(error instanceof Error)) return undefined
  const folder = `CHARTROOM_DATA is ${JSON.stringify(data)}`
  if (error instanceof NewerDatabaseError) {
    return new ConfigError(
      `${folder}, whose database was written by a newer Chartroom (it has the migration ${error.migration}): start that version or a later one, or restore a backup from before the upgrade.`,
    )
  }
  const sqlite = sqliteCode(error)
  if (error instanceof DamagedDatabaseError || sqlite === SQLITE.CORRUPT || sqlite === SQLITE.NOTADB) {
    return new ConfigError(
      `${folder}, whose database is damaged (${oneLine(error)}): restore the folder from a backup.`,
    )
  }
  const advice = adviceOn(error, sqlite)
  return advice === undefined ? undefined : new ConfigError(`${folder}, ${advice} (${oneLine(error)}).`)
}

/** Problem of the folder and advice; undefined if the error does not come from the file system. */
function adviceOn(error: Error, sqlite: number | undefined): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException // both undefined for other errors
  const problem = storageProblem(error)
  if (problem === 'read-only') {
    return 'on a file system that is read-only: make it writable, or name another folder'
  }
  if (problem === 'full') {
    return 'on a disk that is full: free some space, then start again'
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return 'but this user may not read and write all of it: give it the files, or name another folder'
  }
  if (sqlite === SQLITE.CANTOPEN || sqlite === SQLITE.IOERR) {
    return 'whose database cannot be read or written: check the disk and who may write to the folder'
  }
  if (code !== undefined && path !== undefined)
    return 'part of which cannot be used: move what is in the way, or check the disk'
  return undefined
}

function sqliteCode(error: Error): number | undefined {
  const { errcode } = error as { errcode?: unknown } // node:sqlite puts SQLite's extended result code there
  return typeof errcode === 'number' ? errcode & 0xff : undefined
}

function oneLine(error: Error): string {
  return error.message.replace(/\s+/g, ' ')
}
