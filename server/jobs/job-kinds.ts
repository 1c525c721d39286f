import type { JobKindName } from '../../contract/domain/jobs.ts'
import { auditPruningJob } from '../registry/audit/prune-audit-log-job.ts'
import { garbageCollectionJob } from '../registry/garbage/garbage-collection-job.ts'
import { orphanSweepJob } from '../registry/garbage/orphan-sweep-job.ts'
import { scrubBlobsJob } from '../registry/storage/scrub-blobs-job.ts'
import type { JobKind } from './job-kind.ts'

/** All kinds of background work. */
export const JOBS: Readonly<Record<JobKindName, JobKind>> = {
  'garbage-collection': garbageCollectionJob,
  'orphan-sweep': orphanSweepJob,
  'audit-pruning': auditPruningJob,
  'blob-scrub': scrubBlobsJob,
}
