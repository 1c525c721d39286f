import { listJobs, runJob } from '../../../contract/console/jobs.ts'
import { listJobs as jobsOf } from '../../jobs/list-jobs.ts'
import { requestJobRun } from '../../jobs/request-job-run.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'

/** Background jobs: their state, and running one now. */
export function mountJobs(app: HttpApp, context: Context): void {
  route(app, context, listJobs, async () => ({ items: await jobsOf(context.registry) }))

  route(app, context, runJob, async ({ call, params }) => {
    await requestJobRun(context.registry, call, params.kind)
    void context.jobs.runDue()
    return undefined
  })
}
