import { statfs } from 'node:fs/promises'
import { StorageFullError } from '../storage-problem.ts'

/** Space that uploads leave free for the database, in bytes; a tenth of the disk if that is less. */
const RESERVE = 64 * 1024 * 1024
/** Time for which the free space reported by the file system is cached, in milliseconds. */
const FRESH_FOR = 500

/** Tracks the space that uploads may use on a disk. */
export class DiskRoom {
  readonly #folder: string
  readonly #reserve: number | undefined
  /** Bytes left for uploads: as last reported by the file system, minus those reserved since. */
  #left = 0
  #refreshedAt = Number.NEGATIVE_INFINITY

  /** `folder` is on the disk. `reserve` is the space to leave free, in bytes; by default {@link RESERVE}. */
  constructor(folder: string, reserve?: number) {
    this.#folder = folder
    this.#reserve = reserve
  }

  /** Reserves `bytes` bytes, which may be 0. Throws {@link StorageFullError} if too little space is left. */
  async take(bytes: number): Promise<void> {
    if (performance.now() - this.#refreshedAt > FRESH_FOR || this.#left < bytes) await this.#refresh()
    if (this.#left < Math.max(bytes, 1))
      throw new StorageFullError('The disk has less free space than is kept in reserve.')
    this.#left -= bytes
  }

  async #refresh(): Promise<void> {
    const { bavail, blocks, bsize } = await statfs(this.#folder)
    const reserve = this.#reserve ?? Math.min(RESERVE, (blocks * bsize) / 10)
    this.#left = bavail * bsize - reserve
    this.#refreshedAt = performance.now()
  }
}
