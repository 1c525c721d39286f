import { close, read } from 'node:fs'
import { promisify } from 'node:util'

/** Bytes of a piece at most. Larger ones save no time and cost twice as much memory for each client that is slow. */
const PIECE = 128 * 1024

const readInto = promisify(read)
const closeFile = promisify(close)

/** Memory that is kept for the next reader, in pieces: 4 MiB. */
const KEPT = 32

/** What no reader has now. Dropped instead, it would wait for the collector, and readers come faster than that. */
const free: Buffer[] = []

/**
 * The bytes of an open file from `first` up to `end`, piece by piece. Two pieces of memory are used in turn, one being
 * filled while the reader has the other: with new memory for each piece, reading costs the processor three times as
 * much. The file is closed, and the memory left to others, at the end, or as soon as the reader stops. Throws when the
 * file ends before.
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

  /** `file`: its descriptor. `name`: what an error calls it. */
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
      // Whoever stops now is not told of what goes wrong.
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
    const memory = this.#memory[this.#turn] ?? free.pop() ?? Buffer.allocUnsafeSlow(PIECE)
    this.#memory[this.#turn] = memory
    const wanted = Math.min(PIECE, this.#end - this.#position)
    const { bytesRead } = await readInto(this.#file, memory, 0, wanted, this.#position)
    if (bytesRead === 0) throw new Error(`${this.#name} ends at ${this.#position}, not at ${this.#end}.`)
    return memory.subarray(0, bytesRead)
  }

  /** Not while it is being read: its number may be another file's at once, and the memory another reader's. */
  async #close(): Promise<void> {
    await this.#ahead?.catch(() => undefined)
    for (const memory of this.#memory) if (memory && free.length < KEPT) free.push(memory)
    await closeFile(this.#file)
  }
}
