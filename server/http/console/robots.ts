import { robotSummaryEndpoints } from '../../../contract/console/robots.ts'
import { findRobots } from '../../registry/people/robot-queries.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** Details of robot accounts that the management API lacks. */
export function mountRobotSummaries(api: Api): void {
  const { context } = api
  route(api, robotSummaryEndpoints.listSummaries, async ({ params, query }) => {
    const rows = await findRobots(context.registry.database.read, params.instanceId, query.id)
    const items = rows.map(({ number, last_used_at, created_by }) => {
      return { id: number, lastUsed: last_used_at, createdBy: created_by }
    })
    return { items }
  })
}
