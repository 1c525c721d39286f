import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { HttpContext, HttpEnv } from '../http-env.ts'
import { BYTES_HEADERS, CONSOLE_HEADERS } from './security-headers.ts'

/** Response header with the ID of the request. */
export const REQUEST_ID_HEADER = 'X-Bce-Request-Id'

/**
 * Middleware for every request: generates its ID and adds the security headers and {@link REQUEST_ID_HEADER} to the
 * response. An ID in the request is ignored, because it may repeat.
 */
export const everyRequest: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const requestId = randomUUID()
  c.set('requestId', requestId)
  await next()
  addHeaders(c, { ...(c.get('isConsole') ? CONSOLE_HEADERS : BYTES_HEADERS), [REQUEST_ID_HEADER]: requestId })
}

/** Adds headers to the response; to Node's own response if there is one, because that is several times faster. */
export function addHeaders(c: HttpContext, headers: Readonly<Record<string, string>>): void {
  const outgoing = c.env?.outgoing
  for (const [name, value] of Object.entries(headers)) {
    if (outgoing) outgoing.setHeader(name, value)
    else c.res.headers.set(name, value)
  }
}
