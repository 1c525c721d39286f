import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import {
  createRobot,
  deleteRobot,
  listRobots,
  type RobotWithSecret,
  rotateRobotSecret,
  updateRobot,
} from '../../contract/ccr/robots.ts'
import { listRobotFacts } from '../../contract/console/robots.ts'
import { call } from './http.ts'

/** What the list of robots can be asked for. */
export type RobotListParams = z.output<typeof listRobots.query>

export const robotQueries = {
  /** Prefix of everything about an instance's robots. */
  all: (instanceId: string) => ['instances', 'detail', instanceId, 'robots'],
  list: (instanceId: string, params: RobotListParams) =>
    queryOptions({
      queryKey: [...robotQueries.all(instanceId), 'list', params],
      queryFn: ({ signal }) => call(listRobots, { params: { instanceId }, query: params, signal }),
      placeholderData: keepPreviousData,
    }),

  /** When the rows on screen were last used, and who made them; by ID. */
  facts: (instanceId: string, ids: readonly number[]) =>
    queryOptions({
      queryKey: [...robotQueries.all(instanceId), 'facts', ids],
      queryFn: async ({ signal }) => {
        const query = { id: ids.map(String) }
        const { items } = await call(listRobotFacts, { params: { instanceId }, query, signal })
        return new Map(items.map((facts) => [facts.id, facts]))
      },
      placeholderData: keepPreviousData,
      enabled: ids.length > 0,
    }),
}

/** Makes a robot; its secret is in this answer alone. */
export function makeRobot(instanceId: string, body: z.input<typeof createRobot.body>): Promise<RobotWithSecret> {
  return call(createRobot, { params: { instanceId }, body })
}

/** Changes what is given and leaves the rest. */
export function changeRobot(
  instanceId: string,
  robotId: number,
  body: z.input<typeof updateRobot.body>,
): Promise<unknown> {
  return call(updateRobot, { params: { instanceId, robotId: String(robotId) }, body })
}

/** Gives the robot another secret, which is in this answer alone. */
export async function giveNewSecret(instanceId: string, robotId: number): Promise<string> {
  const params = { instanceId, robotId: String(robotId) }
  return (await call(rotateRobotSecret, { params, body: {} })).secret
}

export function removeRobot(instanceId: string, robotId: number): Promise<unknown> {
  return call(deleteRobot, { params: { instanceId, robotId: String(robotId) } })
}
