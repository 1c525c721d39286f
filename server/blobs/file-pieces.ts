import type { FileHandle } from 'node:fs/promises'

/** Bytes of a piece at most. Larger ones save no time and cost twice as much memory for each client that is slow. */
const PIECE = 128 * 1024

/**
 * The bytes of a file from `first` up to `end`, piece by piece. Two pieces of memory are used in turn, one being filled
 * while the reader has the other: with new memory for each piece, reading costs the processor three times as much.
 * The file is closed at the end, or as soon as the reader stops. Throws when the file ends before.
 */
export class FilePieces implements AsyncIterableIterator<Uint8Array> {
  readonly #file: FileHandle
  readonly #end: number
  #position: number
  #ahead: Promise<Uint8Array> | undefined
  readonly #memory: [Uint8Array?, Uint8Array?] = []
  #turn: 0 | 1 = 0

  constructor(file: FileHandle, first: number, end: number) {
    this.#file = file
    this.#position = first
    this.#end = end
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#position >= this.#end) return this.return()
    try {
      const piece = await (this.#ahead ?? this.#read())
      this.#position += piece.length
      if (this.#position < this.#end) this.#readAhead()
      return { done: false, value: piece }
    } catch (error) {
      await this.#file.close()
      throw error
    }
  }

  async return(): Promise<{ done: true; value: undefined }> {
    await this.#file.close()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #readAhead(): void {
    this.#ahead = this.#read()
    // Whoever stops now is not told.
    this.#ahead.catch(() => undefined)
  }

  async #read(): Promise<Uint8Array> {
    const wanted = Math.min(PIECE, this.#end - this.#position)
    this.#turn = this.#turn === 0 ? 1 : 0
    const memory = this.#memory[this.#turn] ?? Buffer.allocUnsafeSlow(wanted)
    this.#memory[this.#turn] = memory
    const { bytesRead } = await this.#file.read(memory, 0, Math.min(wanted, memory.length), this.#position)
    if (bytesRead === 0) throw new Error(`The file ends at ${this.#position}, not at ${this.#end}.`)
    return memory.subarray(0, bytesRead)
  }
}
