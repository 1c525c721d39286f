import type { StorageReport } from '../../../contract/console/storage.ts'
import { findBlobUsers } from '../blobs/blob-users.ts'
import type { Registry } from '../core/registry.ts'
import { isCollecting, lastCollection } from '../garbage/collect-on-demand.ts'
import { scrubState } from './scrub-blobs.ts'
import { countStored } from './stored-amounts.ts'

/** Damaged blobs that are listed at most, and what is named of those that need one. */
const DAMAGED = 50
const USERS = 5

/** Reports what the store holds, what is damaged, and what background work has done. */
export async function storageReport(registry: Registry): Promise<StorageReport> {
  const { position, lastFinished } = await scrubState(registry)
  return {
    ...(await countStored(registry.database.read)),
    damaged: await listDamaged(registry),
    check: { lastFinished, progress: position === null ? null : progressAt(position) },
    lastCollection: await lastCollection(registry),
    collecting: isCollecting(registry),
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

/** Digests are spread evenly: the first digits tell how many blobs come before. */
function progressAt(digest: string): number {
  return Number.parseInt(digest.slice('sha256:'.length, 'sha256:'.length + 8), 16) / 2 ** 32
}
