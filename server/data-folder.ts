import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from './config-error.ts'
import { removeTemporary, syncFolder } from './durable-files.ts'

/** Another process holds the data folder. */
export class DataFolderBusyError extends ConfigError {}

/** The data folder, held by this process alone until it is disposed of. */
export interface DataFolder extends Disposable {
  readonly database: string
  readonly blobs: string
  /** Where a generated administrator's password is kept. */
  readonly adminPassword: string
  /** Where the key is kept that seals secrets, unless one is configured. */
  readonly secretKey: string
}

/**
 * Makes the folder where it is missing, and locks it. The lock is SQLite's own exclusive lock on an empty file: the
 * operating system takes it back when the process ends, in whatever way. Throws {@link ConfigError}.
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

/** What is where in a data folder. */
export function pathsIn(path: string): Omit<DataFolder, typeof Symbol.dispose> {
  return {
    database: join(path, 'chartroom.db'),
    blobs: join(path, 'blobs'),
    adminPassword: join(path, 'admin-password'),
    secretKey: join(path, 'secret-key'),
  }
}

/** Makes a folder and those above it, and flushes their names. Not by `recursive`: under a file system that takes no folders it never ends. */
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

/** Flushes the name of a folder that exists: the process that made it may have been killed before it did. */
async function syncName(path: string): Promise<void> {
  await syncFolder(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    // This user need not be able to read the folder above.
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
