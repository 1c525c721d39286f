/** A stream that can be looked into, that remembers its own failure, and that is told when no more is wanted. */
export class WatchedSource {
  /** What the stream threw. */
  failure: { error: unknown } | null = null
  private readonly chunks: AsyncIterator<Uint8Array>
  private peeked = new Uint8Array()
  private waiting = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.chunks = source[Symbol.asyncIterator]()
  }

  /** The first bytes, at least `length` unless there are fewer. They are read again by `read`. */
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

  /** All chunks, for one reader. */
  async *read(): AsyncGenerator<Uint8Array> {
    if (this.peeked.length > 0) yield this.peeked
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) yield chunk
  }

  /** Calls the stream's `return()`. While a chunk is awaited that would wait for the chunk, so nobody waits for it. */
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
