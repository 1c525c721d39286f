import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { copiesOf } from '../../blobs/copies-of.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'

/** Chunks of a response. The memory of a chunk may be reused once the next one is requested. */
type Source = AsyncIterable<Uint8Array>

/** Sources of responses that are not yet sent. */
const sources = new WeakMap<Response, Source>()

/**
 * Returns a response with the bytes of `source`. Reading stops when the client disconnects. If reading fails, the error is
 * logged and the connection is cut, because the status has been sent and a short body must not look complete.
 */
export function sendStream(c: HttpContext, context: Context, source: Source, status: 200 | 206 = 200): Response {
  const bytes = logged(c, context, source)
  if (!c.env?.outgoing) return c.body(webStream(bytes), status)
  const answer = c.body(null, status)
  sources.set(answer, bytes)
  return answer
}

/**
 * Sends a response of {@link sendStream} chunk by chunk to the socket, without a web stream in between, which would cost
 * three times the CPU time. Returns any other response for the adapter to send.
 */
export async function sendFromSource(answer: Response, outgoing: ServerResponse): Promise<Response> {
  const source = sources.get(answer)
  if (!source) return answer
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
  try {
    if (await writeAll(source, outgoing)) outgoing.end()
  } catch {
    // `logged` has logged it.
    outgoing.destroy()
  }
  return RESPONSE_ALREADY_SENT
}

/** Returns whether the client stayed connected to the end. Throws the errors of `source`. */
async function writeAll(source: Source, outgoing: ServerResponse): Promise<boolean> {
  let settle: (isWritten: boolean) => void = () => undefined
  // A write that waits for an earlier response on the same connection gets no callback if that connection closes.
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

/** Converts a source to a web stream, for requests without a listener. */
function webStream(source: Source): ReadableStream<Uint8Array> {
  // Node and the DOM library declare the same class twice.
  return Readable.toWeb(copiesOf(source)) as ReadableStream<Uint8Array>
}

/** Returns a `Content-Disposition` that saves as `fileName`, which may have any characters (RFC 6266, appendix D). */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.+~-]/g, '_')
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
