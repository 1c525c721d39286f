import { listRobotSummaries } from '../../../contract/console/robots.ts'
import { findRobots } from '../../registry/people/robot-queries.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { instanceOf } from '../management/instances.ts'
import { route } from '../route.ts'

/** What the management API does not know of robots. */
export function mountRobotFacts(app: HttpApp, context: Context): void {
  route(app, context, listRobotSummaries, async ({ params, query }) => {
    await instanceOf(context, params.instanceId)
    const rows = await findRobots(context.registry.database.read, params.instanceId, query.id)
    const items = rows.map(({ number, last_used_at, created_by }) => {
      return { id: number, lastUsed: last_used_at, createdBy: created_by }
    })
    return { items }
  })
}
