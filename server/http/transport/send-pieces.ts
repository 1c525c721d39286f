import { yieldToEventLoop } from '../../db/chunks.ts'
import type { Piece } from '../../registry/index/write-index.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { sendStream } from './send-stream.ts'

/** Bytes that are given to the socket at a time. */
const AT_ONCE = 128 * 1024
/** Bytes after which other requests have their turn: a socket of this machine takes megabytes without waiting. */
const PER_TURN = 16 * AT_ONCE

/**
 * An answer of many pieces, which may be small and are shared with others who are sent them, or are read while they
 * are sent: they are never put together as a whole, however many they are. `size`: bytes of all of them, when that is
 * known; the client is then told.
 */
export function sendPieces(c: HttpContext, context: Context, pieces: Iterable<Piece>, size: number | null): Response {
  if (size !== null) c.header('Content-Length', String(size))
  return sendStream(c, context, gathered(pieces, Math.min(size ?? AT_ONCE, AT_ONCE)))
}

/** The same bytes in one piece of memory, which is filled again and again. */
async function* gathered(pieces: Iterable<Piece>, atOnce: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(atOnce)
  let filled = 0
  let sent = 0
  function* fill(piece: Uint8Array): Generator<Uint8Array> {
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
  async function* send(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (const full of fill(bytes)) {
      yield full
      sent += full.length
      if (sent % PER_TURN === 0) await yieldToEventLoop()
    }
  }
  for (const piece of pieces) {
    // Most pieces are small and fit: no promise is made for them.
    if (piece instanceof Uint8Array && piece.length < atOnce - filled) {
      memory.set(piece, filled)
      filled += piece.length
    } else if (piece instanceof Uint8Array) yield* send(piece)
    else for await (const bytes of flat(piece)) yield* send(bytes)
  }
  if (filled > 0) yield memory.subarray(0, filled)
}

async function* flat(pieces: AsyncIterable<Piece>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece
    else yield* flat(piece)
  }
}
