import type { Transaction } from 'kysely'
import type { Digest } from '../blobs/blob-store.ts'
import type { Schema } from './schema.ts'

/** Writes down that these bytes are needed. Throws when the collector is taking them away. */
export async function insertLiveBlob(
  transaction: Transaction<Schema>,
  blob: { readonly digest: Digest; readonly size: number; readonly now: string },
): Promise<void> {
  const { digest, size, now } = blob
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('blobs')
    .values({ digest, size, state: 'live', touched_at: now })
    .onConflict((conflict) =>
      conflict.column('digest').doUpdateSet({ state: 'live', touched_at: now }).where('blobs.state', '!=', 'deleting'),
    )
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw new Error(`The blob ${digest} is being deleted.`)
}

/** Writes down that these bytes are there and nobody needs them, unless somebody does. */
export async function insertUnneededBlob(
  transaction: Transaction<Schema>,
  blob: { readonly digest: Digest; readonly size: number; readonly now: string },
): Promise<void> {
  const { digest, size, now } = blob
  await transaction
    .insertInto('blobs')
    .values({ digest, size, state: 'candidate', touched_at: now })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute()
}
