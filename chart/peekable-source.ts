/** A stream whose first bytes can be peeked at, which keeps its own error apart from those of its readers. */
export class PeekableSource {
  /** The stream's error, if it has thrown one. */
  failure: { error: unknown } | null = null
  private readonly chunks: AsyncIterator<Uint8Array>
  private peeked = new Uint8Array()
  private waiting = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.chunks = source[Symbol.asyncIterator]()
  }

  /** Returns the first bytes, at least `length` unless the stream is shorter. `read` returns them again. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.peeked.length < length) {
      const chunk = await this.next()
      if (chunk === null) break
      const longer = new Uint8Array(this.peeked.length + chunk.length)
      longer.set(this.peeked)
      longer.set(chunk, this.peeked.length)
      this.peeked = longer
    }
    return this.peeked
  }

  /** Yields all chunks. Call once. */
  async *read(): AsyncGenerator<Uint8Array> {
    if (this.peeked.length > 0) yield this.peeked
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) yield chunk
  }

  /** Calls the stream's `return()`. Does not await it while a chunk is pending, as it would wait for that chunk. */
  async close(): Promise<void> {
    const closed = Promise.resolve(this.chunks.return?.())
    if (this.waiting) closed.catch(() => {})
    else await closed
  }

  private async next(): Promise<Uint8Array | null> {
    this.waiting = true
    try {
      const next = await this.chunks.next()
      return next.done ? null : next.value
    } catch (error) {
      this.failure = { error }
      throw error
    } finally {
      this.waiting = false
    }
  }
}
