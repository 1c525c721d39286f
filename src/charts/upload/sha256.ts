/** From this size on a file is hashed piece by piece, as WebCrypto would want all of it in memory at once. */
const WHOLE = 64 * 1024 * 1024

/**
 * SHA-256 of a file as 64 hex digits. Where there is no WebCrypto (plain http by another name than localhost), a
 * hash written in JavaScript is loaded; it takes about ten times as long.
 */
export async function sha256(file: Blob): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle && file.size <= WHOLE) {
    return toHex(new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer())))
  }
  const { sha256: noble } = await import('@noble/hashes/sha2.js')
  const hash = noble.create()
  for await (const chunk of chunksOf(file)) hash.update(chunk)
  return toHex(hash.digest())
}

/** The bytes of a file. Not every browser lets `for await` go over a ReadableStream itself. */
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
