/**
 * Decompresses with the platform's own stream, for the browser.
 *
 * Such a stream forgets what nobody has taken yet when it meets an error, and bytes after the end of gzip are one.
 * It works only while somebody waits, so with small pieces what it makes of each is taken before the next goes in.
 * @throws TypeError when the bytes are no gzip, or what `compressed` throws
 */
export async function* gunzipStream(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip')
  const reader = readable.getReader()
  feed(compressed, writable.getWriter()).catch(() => {
    // The reader gets the same error.
  })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Ends the feeding too. An error has been told already.
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
