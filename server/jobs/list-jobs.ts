import type { Job } from '../../contract/console/jobs.ts'
import type { JobRow } from '../db/schema.ts'
import type { Registry } from '../registry/core/registry.ts'
import type { JobKind } from './job-kind.ts'
import { JOBS } from './job-kinds.ts'
import { listJobRows } from './job-queries.ts'

/** Returns all kinds of jobs with their state, for the console. */
export async function listJobs({ database, now }: Registry): Promise<Job[]> {
  const rows = new Map((await listJobRows(database.read)).map((row) => [row.kind, row]))
  return Object.values(JOBS).map((kind) => toJob(kind, rows.get(kind.name), now()))
}

function toJob({ name, share }: JobKind, row: JobRow | undefined, now: string): Job {
  const isRunning = (row?.lease_until ?? '') > now
  const progress = row?.progress_json && share ? share(JSON.parse(row.progress_json)) : null
  return {
    kind: name,
    state: isRunning ? 'running' : row?.last_error ? 'failed' : 'waiting',
    progress,
    lastRun: row?.finished_at ?? null,
    nextRun: row?.run_at ?? null,
    lastError: row?.last_error ?? null,
    attempts: row?.attempts ?? 0,
  }
}
