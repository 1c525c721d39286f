import { statfs } from 'node:fs/promises'
import { StorageFullError } from '../storage-problem.ts'

/** Bytes that uploads leave free, so that the database goes on working; a tenth of the disk where that is less. */
const RESERVE = 64 * 1024 * 1024
/** How long what the file system said of its free space is used, in milliseconds. */
const FRESH_FOR = 500

/** The room that uploads may take on one disk. */
export class DiskRoom {
  readonly #folder: string
  readonly #reserve: number | undefined
  /** Bytes that are left for uploads, by what was asked last and has been taken since. */
  #left = 0
  #askedAt = Number.NEGATIVE_INFINITY

  /** `folder` is on the disk. `reserve`: bytes to leave free; {@link RESERVE} where it is not given. */
  constructor(folder: string, reserve?: number) {
    this.#folder = folder
    this.#reserve = reserve
  }

  /** Takes so many bytes, of 0 or more. Throws {@link StorageFullError} when the reserve would be touched. */
  async take(bytes: number): Promise<void> {
    if (performance.now() - this.#askedAt > FRESH_FOR || this.#left < bytes) await this.#ask()
    if (this.#left < Math.max(bytes, 1))
      throw new StorageFullError('The disk has less free space than is kept in reserve.')
    this.#left -= bytes
  }

  async #ask(): Promise<void> {
    const { bavail, blocks, bsize } = await statfs(this.#folder)
    const reserve = this.#reserve ?? Math.min(RESERVE, (blocks * bsize) / 10)
    this.#left = bavail * bsize - reserve
    this.#askedAt = performance.now()
  }
}
