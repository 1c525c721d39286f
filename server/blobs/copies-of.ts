import { Readable } from 'node:stream'

/** Returns a stream of copies of chunks whose memory is reused. */
export function copiesOf(chunks: AsyncIterable<Uint8Array>): Readable {
  const iterator = chunks[Symbol.asyncIterator]()
  return new Readable({
    read() {
      iterator.next().then(
        ({ done, value }) => this.push(done ? null : Buffer.from(value)),
        (error: Error) => this.destroy(error),
      )
    },
    destroy(error, callback) {
      Promise.resolve(iterator.return?.()).then(() => callback(error), callback)
    },
  })
}
