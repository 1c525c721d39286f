import type { Context } from '../context.ts'
import type { HttpContext } from './http-env.ts'
import { sendStream } from './send-stream.ts'

/** Bytes that are given to the socket at a time. */
const AT_ONCE = 128 * 1024

/**
 * An answer of many pieces, which may be small and are shared with others who are sent them: they are never put
 * together as a whole, however many they are. `size`: bytes of all of them, when that is known; the client is then told.
 */
export function sendPieces(
  c: HttpContext,
  context: Context,
  pieces: Iterable<Uint8Array>,
  size: number | null,
): Response {
  if (size !== null) c.header('Content-Length', String(size))
  return sendStream(c, context, gathered(pieces, Math.min(size ?? AT_ONCE, AT_ONCE)))
}

/** The same bytes in one piece of memory, which is filled again and again. */
async function* gathered(pieces: Iterable<Uint8Array>, atOnce: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(atOnce)
  let filled = 0
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + atOnce - filled)
      memory.set(part, filled)
      from += part.length
      filled += part.length
      if (filled < atOnce) continue
      yield memory
      filled = 0
    }
  }
  if (filled > 0) yield memory.subarray(0, filled)
}
