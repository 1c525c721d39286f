import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { type RobotWithSecret, robotEndpoints } from '../../contract/ccr/robots.ts'
import { robotSummaryEndpoints } from '../../contract/console/robots.ts'
import { call } from './http.ts'

/** Query parameters of the robot list. */
export type RobotListParams = z.output<typeof robotEndpoints.list.query>

export const robotQueries = {
  /** Key prefix of all queries about an instance's robots. */
  all: (instanceId: string) => ['instances', 'detail', instanceId, 'robots'],
  list: (instanceId: string, params: RobotListParams) =>
    queryOptions({
      queryKey: [...robotQueries.all(instanceId), 'list', params],
      queryFn: ({ signal }) => call(robotEndpoints.list, { params: { instanceId }, query: params, signal }),
      placeholderData: keepPreviousData,
    }),

  /** Last use and creator of the given robots, by ID. */
  summaries: (instanceId: string, ids: readonly number[]) =>
    queryOptions({
      queryKey: [...robotQueries.all(instanceId), 'summaries', ids],
      queryFn: async ({ signal }) => {
        const query = { id: ids.map(String) }
        const { items } = await call(robotSummaryEndpoints.listSummaries, { params: { instanceId }, query, signal })
        return new Map(items.map((summary) => [summary.id, summary]))
      },
      placeholderData: keepPreviousData,
      enabled: ids.length > 0,
    }),
}

/** Creates a robot. Only this response contains its secret. */
export function makeRobot(
  instanceId: string,
  body: z.input<typeof robotEndpoints.create.body>,
): Promise<RobotWithSecret> {
  return call(robotEndpoints.create, { params: { instanceId }, body })
}

/** Changes the fields that `body` contains. */
export function changeRobot(
  instanceId: string,
  robotId: number,
  body: z.input<typeof robotEndpoints.update.body>,
): Promise<unknown> {
  return call(robotEndpoints.update, { params: { instanceId, robotId: String(robotId) }, body })
}

/** Replaces the robot's secret. Only this response contains the new one. */
export async function rotateSecret(instanceId: string, robotId: number): Promise<string> {
  const params = { instanceId, robotId: String(robotId) }
  return (await call(robotEndpoints.rotateSecret, { params, body: {} })).secret
}

export function removeRobot(instanceId: string, robotId: number): Promise<unknown> {
  return call(robotEndpoints.delete, { params: { instanceId, robotId: String(robotId) } })
}
