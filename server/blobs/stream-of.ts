import { Readable } from 'node:stream'

/** Returns a stream of copies of pieces whose memory is reused, for consumers that buffer or keep pieces. */
export function streamOf(pieces: AsyncIterable<Uint8Array>): Readable {
  const iterator = pieces[Symbol.asyncIterator]()
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
