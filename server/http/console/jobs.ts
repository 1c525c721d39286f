import { jobEndpoints } from '../../../contract/console/jobs.ts'
import { listJobs as jobsOf } from '../../jobs/list-jobs.ts'
import { requestJobRun } from '../../jobs/request-job-run.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** Background jobs: their state, and running one now. */
export function mountJobs(api: Api): void {
  const { context } = api
  route(api, jobEndpoints.list, async () => ({ items: await jobsOf(context.registry) }))

  route(api, jobEndpoints.run, async ({ call, params }) => {
    await requestJobRun(context.registry, call, params.kind)
    void context.jobs.runDue()
    return undefined
  })
}
