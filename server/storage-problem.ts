/** Reason why storage rejects writes: no space, a read-only file system, or a failing disk. */
export type StorageProblem = 'full' | 'read-only' | 'failing'

/** The free space is less than the reserve for the database. */
export class StorageFullError extends Error {
  override name = 'StorageFullError'
}

/** Error codes of the file system. EFBIG: the file size limit of the process or the file system. */
const SYSTEM: Readonly<Record<string, StorageProblem>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EIO: 'failing',
}

/** SQLite's primary result codes. */
const SQLITE: Readonly<Record<number, StorageProblem>> = { 8: 'read-only', 13: 'full' }

/**
 * SQLite's extended codes of failed writes other than for lack of space: IOERR_WRITE, IOERR_FSYNC,
 * IOERR_DIR_FSYNC, IOERR_TRUNCATE, IOERR_SHMOPEN, IOERR_SHMSIZE. Source: SQLite, “Result and Error Codes”.
 */
const SQLITE_WRITES: ReadonlySet<number> = new Set([778, 1034, 1290, 1546, 4618, 4874])

/** Returns the storage problem that an error means; undefined for other errors. Only this file knows these codes. */
export function storageProblem(error: unknown): StorageProblem | undefined {
  if (error instanceof StorageFullError) return 'full'
  if (!(error instanceof Error)) return undefined
  const { code, errcode } = error as { code?: unknown; errcode?: unknown } // set by Node, if at all
  if (typeof errcode === 'number') return SQLITE[errcode & 0xff] ?? (SQLITE_WRITES.has(errcode) ? 'failing' : undefined)
  return typeof code === 'string' ? SYSTEM[code] : undefined
}
