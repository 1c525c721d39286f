import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'

/** Fields of a robot account that the management API lacks. */
export const RobotSummary = z.object({
  id: z.number(),
  /** At most a minute stale; null if never used. */
  lastUsed: z.nullable(z.string()),
  createdBy: z.string(),
})
export type RobotSummary = z.infer<typeof RobotSummary>

/** One query value, or several of the same key. */
const ids = z.pipe(
  z.union([z.string(), z.array(z.string())], 'required'),
  z.transform((value) => (Array.isArray(value) ? value : [value]).map(Number)),
)

export const robotSummaryEndpoints = {
  /** Returns summaries of the robots with the given IDs, without those that do not exist. */
  listSummaries: endpoint({
    method: 'GET',
    path: '/console/instances/:instanceId/robots/summaries',
    needs: 'administer',
    about: 'instance',
    params: z.object({ instanceId: z.string() }),
    query: z.object({
      id: ids.check(
        z.minLength(1, 'required'),
        z.maxLength(100, 'at-most-100'),
        z.refine((numbers) => numbers.every(Number.isSafeInteger), 'whole-number'),
      ),
    }),
    body: 'none',
    response: z.object({ items: z.array(RobotSummary) }),
  }),
}
