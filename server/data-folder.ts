import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from './config-error.ts'
import { removeTemporary, syncFolder } from './durable-files.ts'

/** Another process has locked the data folder. */
export class DataFolderBusyError extends ConfigError {}

/** Paths in the data folder, which is locked by this process until disposed of. */
export interface DataFolder extends Disposable {
  readonly database: string
  readonly blobs: string
  /** File with the generated password of the administrator. */
  readonly adminPassword: string
  /** File with the key that encrypts stored secrets, unless one is configured. */
  readonly secretKey: string
}

/**
 * Creates the data folder if it does not exist, and locks it. The lock is an exclusive lock of SQLite on an empty file,
 * which the operating system releases however the process ends. Throws {@link ConfigError}, and
 * {@link DataFolderBusyError} if another process has locked it.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  let lock: DatabaseSync | undefined
  try {
    await makeFolder(resolve(path))
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    lock = new DatabaseSync(join(path, 'lock'), { timeout: 0 })
    lock.exec('pragma journal_mode = off; begin exclusive')
  } catch (error) {
    if (lock?.isOpen) lock.close()
    throw refusal(path, error)
  }
  const held = lock
  const { adminPassword, secretKey } = pathsIn(path)
  for (const file of [adminPassword, secretKey]) await removeTemporary(file)
  return { ...pathsIn(path), [Symbol.dispose]: () => held.close() }
}

/** Returns the paths of the files and folders in a data folder. */
export function pathsIn(path: string): Omit<DataFolder, typeof Symbol.dispose> {
  return {
    database: join(path, 'chartroom.db'),
    blobs: join(path, 'blobs'),
    adminPassword: join(path, 'admin-password'),
    secretKey: join(path, 'secret-key'),
  }
}

/**
 * Creates a folder and its parents, and flushes their entries. Does not use `recursive`, which never returns on a file
 * system that accepts no folders.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // every error of node:fs has a code
    if (code === 'EEXIST') return syncName(path)
    if (code !== 'ENOENT' || dirname(path) === path || (await exists(dirname(path)))) throw error
    await makeFolder(dirname(path))
    await mkdir(path, { mode: 0o700 })
  }
  await syncFolder(dirname(path))
}

/** Flushes the entry of an existing folder: the process that created it may have crashed before flushing it. */
async function syncName(path: string): Promise<void> {
  await syncFolder(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    // This user may not be allowed to read the parent folder.
    if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

const SQLITE_BUSY = 5

function refusal(path: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error('The data folder cannot be opened.', { cause: error })
  const { errcode } = error as { errcode?: number } // node:sqlite puts SQLite's result code there
  if (errcode === SQLITE_BUSY) {
    return new DataFolderBusyError(
      `CHARTROOM_DATA is ${JSON.stringify(path)}, which another Chartroom is using: stop that one, or name another folder.`,
    )
  }
  return new ConfigError(
    `CHARTROOM_DATA is ${JSON.stringify(path)}, but must be a folder that can be written to (${error.message}).`,
  )
}
