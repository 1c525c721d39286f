import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { HttpApp } from './http-env.ts'

/** For those who watch the process: `/healthz` says that it runs, `/readyz` that it can work. */
export function mountHealth(app: HttpApp, context: Context): void {
  const { database, blobs } = context.registry
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    const checks = { database: () => sql`select 1`.execute(database.read), blobs: () => blobs.check() }
    const failed: string[] = []
    for (const [name, check] of Object.entries(checks)) {
      try {
        await check()
      } catch (error) {
        failed.push(name)
        context.log.error({ err: error, requestId: c.get('requestId'), check: name }, 'not ready')
      }
    }
    return failed.length === 0 ? c.text('ok\n') : c.text(`not ready: ${failed.join(', ')}\n`, 503)
  })
}
