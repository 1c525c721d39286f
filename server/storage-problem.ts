/** Why storage takes no writes: no room, a read-only file system, or a disk that fails. */
export type StorageProblem = 'full' | 'read-only' | 'failing'

/** There is less room than the store keeps free for the database. */
export class StorageFullError extends Error {
  override name = 'StorageFullError'
}

/** Of the file system. EFBIG: a limit on the size of files, of the process or the file system. */
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
 * SQLite's extended codes of a write that failed in another way than for lack of room: IOERR_WRITE, IOERR_FSYNC,
 * IOERR_DIR_FSYNC, IOERR_TRUNCATE, IOERR_SHMOPEN, IOERR_SHMSIZE. Source: SQLite, “Result and Error Codes”.
 */
const SQLITE_WRITES: ReadonlySet<number> = new Set([778, 1034, 1290, 1546, 4618, 4874])

/** Tells why storage did not take a write; undefined for any other error. The one place that knows these codes. */
export function storageProblem(error: unknown): StorageProblem | undefined {
  if (error instanceof StorageFullError) return 'full'
  if (!(error instanceof Error)) return undefined
  const { code, errcode } = error as { code?: unknown; errcode?: unknown } // Node has put them there, or nobody
  if (typeof errcode === 'number') return SQLITE[errcode & 0xff] ?? (SQLITE_WRITES.has(errcode) ? 'failing' : undefined)
  return typeof code === 'string' ? SYSTEM[code] : undefined
}
