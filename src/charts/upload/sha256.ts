/** Larger files are hashed in chunks: WebCrypto needs the whole file in memory. */
const MAX_WEBCRYPTO_BYTES = 64 * 1024 * 1024

/**
 * Returns the SHA-256 of a file as 64 hex digits. Without WebCrypto (over plain http, except on localhost) it loads a
 * JavaScript implementation, which takes about ten times as long.
 */
export async function sha256(file: Blob): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle && file.size <= MAX_WEBCRYPTO_BYTES) {
    return toHex(new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer())))
  }
  const { sha256: noble } = await import('@noble/hashes/sha2.js')
  const hash = noble.create()
  for await (const chunk of chunksOf(file)) hash.update(chunk)
  return toHex(hash.digest())
}

/** Iterates over the bytes of a file. Not every browser supports `for await` on a ReadableStream. */
export async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
