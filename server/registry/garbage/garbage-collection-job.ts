import type { JobKind } from '../../jobs/job-kind.ts'
import { collectGarbage, collectGarbageAtOnce } from './collect-garbage.ts'

const MINUTE = 60 * 1000

/** Stored result of a garbage collection: number of deleted blobs, and their size in bytes. */
export interface Freed {
  readonly count: number
  readonly bytes: number
}

/** Collects garbage every hour; without the grace period if an administrator requested it. */
export const garbageCollectionJob: JobKind = {
  name: 'garbage-collection',
  first: 5 * MINUTE,
  every: 60 * MINUTE,
  async run({ registry, log, signal, payload }) {
    const collected = await (payload === null ? collectGarbage : collectGarbageAtOnce)(registry, signal)
    log.info(collected, 'garbage collected')
    return { count: collected.blobs, bytes: collected.bytes } satisfies Freed
  },
}
