import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from './http-env.ts'

/**
 * Gives the request an ID and every answer the header `X-Bce-Request-Id`. An ID that a client sends is tolerated
 * and not used: it could repeat. Answers of `/v1` carry the region too, in capitals.
 */
export function requestIds(region: string): MiddlewareHandler<HttpEnv> {
  const gatewayRegion = region.toUpperCase()
  return async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    await next()
    c.res.headers.set('X-Bce-Request-Id', requestId)
    if (/^\/v1(\/|$)/.test(c.req.path)) c.res.headers.set('X-Bce-Gateway-Region', gatewayRegion)
  }
}
