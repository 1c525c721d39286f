import { close, read } from 'node:fs'
import { promisify } from 'node:util'

/** Largest piece, in bytes. Larger ones save no time, and cost more memory for each slow client. */
const PIECE = 128 * 1024

const readInto = promisify(read)
const closeFile = promisify(close)

/** Limit of pooled buffers, 4 MiB in total. */
const MAX_POOLED = 32

/** Pool of unused buffers: freed instead, they would accumulate faster than the runtime's garbage collector runs. */
const pool: Buffer[] = []

/**
 * Reads an open file from `first` up to `end` (exclusive) in pieces. Alternates between two buffers, one being filled
 * while the reader has the other: a new buffer for each piece would cost three times as much CPU. Closes the file and
 * returns the buffers to the pool at the end or when the reader stops. Throws an `Error` if the file ends early.
 */
export class FilePieces implements AsyncIterableIterator<Uint8Array> {
  readonly #file: number
  readonly #name: string
  readonly #end: number
  #position: number
  #ahead: Promise<Uint8Array> | undefined
  readonly #memory: [Buffer?, Buffer?] = []
  #turn: 0 | 1 = 0
  #closed: Promise<void> | undefined

  /** `file` is a descriptor, `name` the name of the file in errors. */
  constructor(file: number, name: string, first: number, end: number) {
    this.#file = file
    this.#name = name
    this.#position = first
    this.#end = end
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#closed || this.#position >= this.#end) return this.return()
    try {
      this.#ahead ??= this.#read()
      const piece = await this.#ahead
      if (this.#closed !== undefined) return this.return()
      this.#position += piece.length
      this.#ahead = this.#position < this.#end ? this.#read() : undefined
      // Avoids an unhandled rejection if the reader stops before it awaits the next piece.
      this.#ahead?.catch(() => undefined)
      return { done: false, value: piece }
    } catch (error) {
      await this.return()
      throw error
    }
  }

  async return(): Promise<{ done: true; value: undefined }> {
    this.#closed ??= this.#close()
    await this.#closed
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #read(): Promise<Uint8Array> {
    this.#turn = this.#turn === 0 ? 1 : 0
    const memory = this.#memory[this.#turn] ?? pool.pop() ?? Buffer.allocUnsafeSlow(PIECE)
    this.#memory[this.#turn] = memory
    const length = Math.min(PIECE, this.#end - this.#position)
    const { bytesRead } = await readInto(this.#file, memory, 0, length, this.#position)
    if (bytesRead === 0) throw new Error(`${this.#name} ends at ${this.#position}, not at ${this.#end}.`)
    return memory.subarray(0, bytesRead)
  }

  /** Closes the file after a pending read, because its descriptor and its buffer may be reused at once. */
  async #close(): Promise<void> {
    await this.#ahead?.catch(() => undefined)
    for (const memory of this.#memory) if (memory && pool.length < MAX_POOLED) pool.push(memory)
    await closeFile(this.#file)
  }
}
