import { Hono } from 'hono'
import type { Context } from './context.ts'
import { type ErrorRenderer, errorHandler } from './errors/error-handler.ts'
import type { HttpApp, HttpEnv } from './http-env.ts'
import { clientOf } from './transport/client.ts'

/**
 * Creates the Hono app of an API, which handles paths at and under `prefixes`. Errors become what `render` returns, also
 * that of an invalid `X-Forwarded-Host`.
 */
export function createApiApp(context: Context, prefixes: readonly string[], render: ErrorRenderer): HttpApp {
  const app = new Hono<HttpEnv>()
  app.onError(errorHandler(context, render))
  for (const prefix of prefixes) {
    app.use(`${prefix}/*`, async (c, next) => {
      c.set('client', clientOf(c, context.isTrustedProxy))
      await next()
    })
  }
  return app
}
