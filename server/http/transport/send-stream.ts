import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { streamOf } from '../../blobs/stream-of.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'

/** Bytes, piece by piece. The memory of a piece may be used again as soon as the next one is asked for. */
type Source = AsyncIterable<Uint8Array>

/** Where the bytes of answers come from that are on their way to a socket. */
const sources = new WeakMap<Response, Source>()

/**
 * An answer with the bytes of `source`, which is left when the client goes away. When reading fails in the middle, that
 * is logged and the connection cut: the status has been sent, and a short body must not look whole.
 */
export function sendStream(c: HttpContext, context: Context, source: Source, status: 200 | 206 = 200): Response {
  const bytes = logged(c, context, source)
  if (!c.env?.outgoing) return c.body(webStream(bytes), status)
  const answer = c.body(null, status)
  sources.set(answer, bytes)
  return answer
}

/**
 * Sends what {@link sendStream} has made, piece by piece as the socket takes them: by way of a web stream, with new
 * memory for each, that costs three times as much. Any other answer is given back for the adapter to send.
 */
export async function sendFromSource(answer: Response, outgoing: ServerResponse): Promise<Response> {
  const source = sources.get(answer)
  if (!source) return answer
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
  try {
    if (await writeAll(source, outgoing)) outgoing.end()
  } catch {
    // It has been logged.
    outgoing.destroy()
  }
  return RESPONSE_ALREADY_SENT
}

/** Answers with whether the client has stayed to the end. Throws what `source` throws. */
async function writeAll(source: Source, outgoing: ServerResponse): Promise<boolean> {
  let settle: (isWritten: boolean) => void = () => undefined
  // What waits for another answer on the same connection is not told that it will never be written.
  outgoing.once('close', () => settle(false))
  for await (const piece of source) {
    if (outgoing.destroyed) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    settle = resolve
    outgoing.write(piece, (error) => resolve(!error))
    if (!(await promise)) return false
  }
  return true
}

async function* logged(c: HttpContext, context: Context, source: Source): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch (error) {
    const requestId = c.get('requestId')
    context.log.error({ err: error, requestId, method: c.req.method, path: c.req.path }, 'response aborted')
    throw error
  }
}

/** The same for whoever asks without a listener in between, and may keep what they get. */
function webStream(source: Source): ReadableStream<Uint8Array> {
  // Two declarations of the same class: Node's and the global one.
  return Readable.toWeb(streamOf(source)) as ReadableStream<Uint8Array>
}

/** Returns a `Content-Disposition` that saves as `fileName`, which may have any characters (RFC 6266, appendix D). */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.+~-]/g, '_')
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
