import type { JobKind } from '../../jobs/job-kind.ts'
import { pruneAuditLog } from './prune-audit-log.ts'

const MINUTE = 60 * 1000

/** Deletes audit events that are older than the configured number of days, every hour. */
export const auditPruningJob: JobKind = {
  name: 'audit-pruning',
  first: 6 * MINUTE,
  every: 60 * MINUTE,
  async run({ registry, log, signal }) {
    log.info({ events: await pruneAuditLog(registry, signal) }, 'audit log pruned')
  },
}
