/**
 * Decompresses with the platform's own stream, for the browser.
 *
 * On an error, such a stream discards output that has not been read yet, and bytes after the end of the gzip data are an
 * error. Input is therefore written in small pieces, so that the output of each is read before the next is written.
 * @throws TypeError when the bytes are not gzip; the errors of `compressed`
 */
export async function* gunzipStream(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip')
  const reader = readable.getReader()
  feed(compressed, writable.getWriter()).catch(() => {
    // The reader throws the same error.
  })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Ends `feed` too. Its error has already been thrown by `read`.
    reader.cancel().catch(() => {})
  }
}

const pieceSize = 1024

async function feed(
  compressed: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  try {
    for await (const chunk of compressed) {
      for (let offset = 0; offset < chunk.length; offset += pieceSize) {
        await writer.ready
        await writer.write(chunk.slice(offset, offset + pieceSize))
      }
    }
    await writer.close()
  } catch (error) {
    await writer.abort(error)
  }
}
