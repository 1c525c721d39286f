import * as z from 'zod/mini'
import { JOB_KINDS } from '../domain/jobs.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** A kind of background work and how its runs went. Times are ISO; null if there was no run yet. */
export const Job = z.object({
  kind: z.enum(JOB_KINDS),
  /** `failed`: the last run failed and will be retried at `nextRun`. */
  state: z.enum(['waiting', 'running', 'failed']),
  /** Completed share of the current pass, 0 to 1; null if the kind does not report it. */
  progress: z.nullable(z.number()),
  /** End of the last successful run. */
  lastRun: z.nullable(z.string()),
  /** Null before the server first schedules it. In the past while it waits for a process to take it. */
  nextRun: z.nullable(z.string()),
  /** Message of the last failure; null after a success. */
  lastError: z.nullable(z.string()),
  /** Failed attempts since the last success. */
  attempts: z.number(),
})
export type Job = z.infer<typeof Job>

export const jobEndpoints = {
  /** Lists all kinds of background work. */
  list: endpoint({
    method: 'GET',
    path: '/console/jobs',
    needs: 'administer-registry',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: 'none',
    response: z.object({ items: z.array(Job) }),
  }),

  /** Runs a job as soon as a process is free. Responds before it has run. If it is running, another run follows. */
  run: endpoint({
    method: 'POST',
    path: '/console/jobs/:kind/run',
    needs: 'administer-registry',
    about: 'registry',
    action: 'job.run',
    params: z.object({ kind: z.enum(JOB_KINDS) }),
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
