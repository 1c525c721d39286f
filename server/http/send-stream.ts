import type { Readable } from 'node:stream'
import type { Context } from '../context.ts'
import type { HttpContext } from './http-env.ts'

/**
 * `source` as the body of an answer. It is destroyed when the client goes away. When reading fails in the middle,
 * that is logged and the connection cut: the status has been sent, and a short body must not look whole.
 */
export function bodyOf(c: HttpContext, context: Context, source: Readable): ReadableStream<Uint8Array> {
  let cancelled = false
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (error) {
        if (cancelled) return
        const requestId = c.get('requestId')
        context.log.error({ err: error, requestId, method: c.req.method, path: c.req.path }, 'answer broke off')
        const outgoing = c.env?.outgoing
        // Behind a listener the adapter would print the error again.
        if (outgoing) outgoing.destroy()
        else controller.error(error)
      }
    },
    cancel() {
      cancelled = true
      source.destroy()
    },
  })
}

/** A `Content-Disposition` that saves under `fileName`, whatever is in it (RFC 6266, appendix D). */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.+~-]/g, '_')
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
