import type { JobKindName } from '../../contract/domain/jobs.ts'
import { recordEvent } from '../registry/audit/record-event.ts'
import type { Call } from '../registry/core/call.ts'
import type { Registry } from '../registry/core/registry.ts'
import { requestJob } from './job-queries.ts'

/** Makes a job due now and records an audit event. */
export async function requestJobRun({ database, now }: Registry, call: Call, kind: JobKindName): Promise<void> {
  await database.write(async (transaction) => {
    await recordEvent(transaction, call, { action: 'job.run', subject: kind }, now())
    await requestJob(transaction, kind, now())
  })
}
