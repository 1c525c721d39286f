import type { Kysely, Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import type { Schema } from '../../db/schema.ts'
import { deleteDamage } from './damaged-blobs.ts'

/** A blob that the collector is not deleting. */
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

/** Records bytes that have just been committed or verified and are needed. Throws when the collector is deleting them. */
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

/** Records bytes that have just been committed and that nothing refers to, unless something does. */
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
