import { Readable } from 'node:stream'

/** Pieces whose memory is used again, as a stream of copies, for whoever reads ahead or keeps what they get. */
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
