import { yieldToEventLoop } from '../../db/chunks.ts'
import type { Piece } from '../../registry/index/write-index.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { sendStream } from './send-stream.ts'

/** Size of a chunk for the socket, in bytes. */
const CHUNK_SIZE = 128 * 1024
/** Bytes after which to yield to other requests: a local socket accepts megabytes without waiting. */
const PER_TURN = 16 * CHUNK_SIZE

/**
 * Returns a response of many pieces, which may be small, shared with other responses, or read while they are sent. They
 * are never joined as a whole. `size` is the total in bytes for Content-Length, or null if unknown.
 */
export function sendPieces(c: HttpContext, context: Context, pieces: Iterable<Piece>, size: number | null): Response {
  if (size !== null) c.header('Content-Length', String(size))
  return sendStream(c, context, gathered(pieces, Math.min(size ?? CHUNK_SIZE, CHUNK_SIZE)))
}

/** Joins pieces to chunks of up to `chunkSize` bytes, all in the same memory. */
async function* gathered(pieces: Iterable<Piece>, chunkSize: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(chunkSize)
  let filled = 0
  let sent = 0
  function* fill(piece: Uint8Array): Generator<Uint8Array> {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + chunkSize - filled)
      memory.set(part, filled)
      from += part.length
      filled += part.length
      if (filled < chunkSize) continue
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
    // Fast path without a promise: most pieces are small and fit.
    if (piece instanceof Uint8Array && piece.length < chunkSize - filled) {
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
