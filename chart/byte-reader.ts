import { ChartProblem } from './problem.ts'

/** Takes bytes by number from a stream of chunks. What it hands out may be a view of a chunk. */
export class ByteReader {
  private readonly chunks: AsyncIterator<Uint8Array>
  private chunk: Uint8Array = new Uint8Array()

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  /**
   * The next `length` bytes, or as many as there are before the end.
   * @throws what the stream throws
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
   * Exactly the next `length` bytes.
   * @throws ChartProblem `damaged-archive` when the stream ends before, or what the stream throws
   */
  async read(length: number): Promise<Uint8Array> {
    const bytes = await this.readUpTo(length)
    if (bytes.length < length) throw new ChartProblem('damaged-archive')
    return bytes
  }

  /**
   * Passes over bytes without keeping them.
   * @returns how many there were, at most `length`
   * @throws what the stream throws
   */
  async skipUpTo(length: number): Promise<number> {
    let skipped = 0
    while (skipped < length && (await this.fill())) skipped += this.take(length - skipped).length
    return skipped
  }

  /** Tells the stream that no more is wanted. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  /** Sees to it that there are bytes, and says whether there are. */
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
