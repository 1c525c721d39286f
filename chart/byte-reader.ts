import { ChartProblem } from './problem.ts'

/** Reads a given number of bytes at a time from a stream of chunks. Results may be views of a chunk. */
export class ByteReader {
  private readonly chunks: AsyncIterator<Uint8Array>
  private chunk: Uint8Array = new Uint8Array()

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  /**
   * Reads the next `length` bytes, or fewer at the end of the stream.
   * @throws the stream's errors
   */
  async readUpTo(length: number): Promise<Uint8Array> {
    if (this.chunk.length >= length) return this.take(length)
    const parts: Uint8Array[] = []
    for (let missing = length; missing > 0 && (await this.fill()); ) {
      const part = this.take(missing)
      parts.push(part)
      missing -= part.length
    }
    return parts.length === 1 && parts[0] ? parts[0] : join(parts)
  }

  /**
   * Reads exactly the next `length` bytes.
   * @throws ChartProblem `damaged-archive` when the stream ends before; the stream's errors
   */
  async read(length: number): Promise<Uint8Array> {
    const bytes = await this.readUpTo(length)
    if (bytes.length < length) throw new ChartProblem('damaged-archive')
    return bytes
  }

  /**
   * Skips bytes without keeping them.
   * @returns how many were skipped: `length`, or fewer at the end of the stream
   * @throws the stream's errors
   */
  async skipUpTo(length: number): Promise<number> {
    let skipped = 0
    while (skipped < length && (await this.fill())) skipped += this.take(length - skipped).length
    return skipped
  }

  /** Calls the stream's `return()`. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  /** Buffers the next chunk if the buffer is empty; false at the end of the stream. */
  private async fill(): Promise<boolean> {
    while (this.chunk.length === 0) {
      const next = await this.chunks.next()
      if (next.done) return false
      this.chunk = next.value
    }
    return true
  }

  private take(length: number): Uint8Array {
    const taken = this.chunk.subarray(0, length)
    this.chunk = this.chunk.subarray(taken.length)
    return taken
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}
