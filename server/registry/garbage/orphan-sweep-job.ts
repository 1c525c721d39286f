import type { JobKind } from '../../jobs/job-kind.ts'
import { sweepOrphans } from './sweep-orphans.ts'

const MINUTE = 60 * 1000

/** Finds blobs without a row every hour and hands them to the garbage collection. */
export const orphanSweepJob: JobKind = {
  name: 'orphan-sweep',
  first: 4 * MINUTE,
  every: 60 * MINUTE,
  async run({ registry, log, signal }) {
    const orphans = await sweepOrphans(registry, new Date(Date.now() - registry.grace).toISOString(), signal)
    log.info({ orphans }, 'orphaned blobs swept')
  },
}
