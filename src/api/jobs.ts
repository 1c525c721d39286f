import { queryOptions } from '@tanstack/react-query'
import { type Job, jobEndpoints } from '../../contract/console/jobs.ts'
import { call } from './http.ts'

/** Poll intervals while a job is due or running, and otherwise. */
const ACTIVE_POLL_MS = 1000
const IDLE_POLL_MS = 15_000

export const jobQueries = {
  /** Key prefix of all job queries. */
  all: () => ['jobs'],
  list: () =>
    queryOptions({
      queryKey: [...jobQueries.all(), 'list'],
      queryFn: ({ signal }) => call(jobEndpoints.list, { signal }),
      refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? ACTIVE_POLL_MS : IDLE_POLL_MS),
    }),
}

/** Requests a run of a job; the job list shows when it has ended. */
export function requestJobRun(kind: Job['kind']): Promise<undefined> {
  return call(jobEndpoints.run, { params: { kind } })
}

/** Whether a job is running or waits for a process to run it. */
export function isActive({ state, nextRun }: Job): boolean {
  return state === 'running' || (nextRun !== null && Date.parse(nextRun) <= Date.now())
}
