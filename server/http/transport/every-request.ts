import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Context } from '../context.ts'
import { type HttpContext, type HttpEnv, isManagementApi } from '../http-env.ts'
import { clientOf } from './client.ts'
import { BYTES_HEADERS, CONSOLE_HEADERS } from './security-headers.ts'

/** Response header with the ID of the request. */
export const REQUEST_ID_HEADER = 'X-Bce-Request-Id'

/**
 * Runs before and after everything else. Each request gets an ID, which its response carries in
 * {@link REQUEST_ID_HEADER}; one that a client sends is ignored: it could repeat.
 */
export function everyRequest({ registry }: Context): MiddlewareHandler<HttpEnv> {
  // The vendor's gateway sends the region in capitals.
  const managementHeaders = { ...BYTES_HEADERS, 'X-Bce-Gateway-Region': registry.region.toUpperCase() }
  return async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    await next()
    const headers = c.get('isConsole') ? CONSOLE_HEADERS : isManagementApi(c) ? managementHeaders : BYTES_HEADERS
    say(c, { ...headers, [REQUEST_ID_HEADER]: requestId })
  }
}

/** Finds the other end of the request. Apart from {@link everyRequest}, so that its refusal gets the headers of that. */
export function readClient({ isTrustedProxy }: Context): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('peer', clientOf(c, isTrustedProxy))
    await next()
  }
}

/** Adds to an answer. Where Node's own is at hand, to that: it takes a fraction of the time. */
function say(c: HttpContext, headers: Readonly<Record<string, string>>): void {
  const outgoing = c.env?.outgoing
  for (const [name, value] of Object.entries(headers)) {
    if (outgoing) outgoing.setHeader(name, value)
    else c.res.headers.set(name, value)
  }
}
