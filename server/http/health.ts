import { findUnreadiness } from '../registry/storage/readiness.ts'
import type { Context } from './context.ts'
import type { HttpApp } from './http-env.ts'

/** Probes: `/healthz` responds while the process runs, `/readyz` if it can work, else 503 with the reasons. */
export function mountHealth(app: HttpApp, context: Context): void {
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    const found = await findUnreadiness(context.registry)
    c.header('Cache-Control', 'no-store')
    if (found.length === 0) return c.text('ok\n')
    for (const { reason, error } of found) {
      context.log.error({ err: error, requestId: c.get('requestId'), reason }, 'not ready')
    }
    return c.text(`not ready: ${found.map(({ reason }) => reason).join('; ')}\n`, 503)
  })
}
