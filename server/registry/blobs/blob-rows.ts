import type { Kysely, Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import type { Schema } from '../../db/schema.ts'
import { deleteDamage } from './damaged-blobs.ts'

/** Returns a blob unless it is being deleted. Its size is in bytes. */
export async function findBlob(
  db: Kysely<Schema>,
  digest: Digest,
): Promise<{ readonly digest: Digest; readonly size: number } | undefined> {
  return db
    .selectFrom('blobs')
    .select(['digest', 'size'])
    .where('digest', '=', digest)
    .where('state', '!=', 'deleting')
    .executeTakeFirst()
}

/** Records a referenced blob that was just committed or verified. Throws an `Error` if it is being deleted. */
export async function insertLiveBlob(
  transaction: Transaction<Schema>,
  blob: { readonly digest: Digest; readonly size: number; readonly now: string },
): Promise<void> {
  const { digest, size, now } = blob
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('blobs')
    .values({ digest, size, state: 'live', touched_at: now })
    .onConflict((conflict) =>
      conflict
        .column('digest')
        .doUpdateSet({ size, state: 'live', touched_at: now })
        .where('blobs.state', '!=', 'deleting'),
    )
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw new Error(`The blob ${digest} is being deleted.`)
  await deleteDamage(transaction, digest)
}

/** Records a blob that was just committed and is not referenced, unless it already has a row. */
export async function insertUnreferencedBlob(
  transaction: Transaction<Schema>,
  blob: { readonly digest: Digest; readonly size: number; readonly now: string },
): Promise<void> {
  const { digest, size, now } = blob
  await transaction
    .insertInto('blobs')
    .values({ digest, size, state: 'candidate', touched_at: now })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute()
  await deleteDamage(transaction, digest)
}
