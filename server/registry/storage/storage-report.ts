import type { StorageReport } from '../../../contract/console/storage.ts'
import type { JobRow } from '../../db/schema.ts'
import { findJob } from '../../jobs/job-queries.ts'
import { findBlobUsers } from '../blobs/blob-users.ts'
import type { Registry } from '../core/registry.ts'
import type { Freed } from '../garbage/garbage-collection-job.ts'
import { scrubBlobsJob } from './scrub-blobs-job.ts'
import { countStored } from './stored-amounts.ts'

/** Limits of listed damaged blobs, and of listed users of each. */
const DAMAGED = 50
const USERS = 5

/** Returns the amounts of stored blobs, the damaged blobs, and the state of the background jobs for storage. */
export async function storageReport(registry: Registry): Promise<StorageReport> {
  const { read } = registry.database
  const [collection, scrub] = await Promise.all([findJob(read, 'garbage-collection'), findJob(read, 'blob-scrub')])
  return {
    ...(await countStored(registry.database.read)),
    damaged: await listDamaged(registry),
    check: {
      lastFinished: scrub?.finished_at ?? null,
      progress: scrub?.progress_json ? (scrubBlobsJob.share?.(JSON.parse(scrub.progress_json)) ?? null) : null,
    },
    lastCollection: collection ? lastCollection(collection) : null,
    // A payload stands for a request of an administrator until its run has ended.
    collecting: collection?.payload_json != null,
  }
}

async function listDamaged({ database: { read } }: Registry): Promise<StorageReport['damaged']> {
  const { total } = await read
    .selectFrom('damaged_blobs')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await read
    .selectFrom('damaged_blobs')
    .innerJoin('blobs', 'blobs.digest', 'damaged_blobs.digest')
    .select(['blobs.digest', 'blobs.size', 'damaged_blobs.damage', 'damaged_blobs.found_at as found'])
    .orderBy('blobs.digest')
    .limit(DAMAGED)
    .execute()
  const items: StorageReport['damaged']['items'] = []
  for (const row of rows) items.push({ ...row, usedBy: await findBlobUsers(read, row.digest, USERS) })
  return { total, items }
}

function lastCollection({ finished_at, result_json, last_error }: JobRow): StorageReport['lastCollection'] {
  if (finished_at === null) return null
  const freed: Freed = result_json === null ? { count: 0, bytes: 0 } : JSON.parse(result_json)
  return { finished: finished_at, freed, failed: last_error !== null }
}
