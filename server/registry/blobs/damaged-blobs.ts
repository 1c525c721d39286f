import { type Kysely, sql, type Transaction } from 'kysely'
import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { prepared } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

const damageOf = prepared((db, { digest }: { digest: Digest }) =>
  db.selectFrom('damaged_blobs').select('damage').where('digest', '=', digest),
)

/** Returns the damage that the last check of a blob found; undefined if none. */
export async function findDamage(db: Kysely<Schema>, digest: Digest): Promise<BlobDamage | undefined> {
  return (await damageOf(db, { digest }))[0]?.damage
}

/** Records the damage of a blob, unless the blob was deleted concurrently. */
export async function insertDamage(
  transaction: Transaction<Schema>,
  { digest, damage, now }: { readonly digest: Digest; readonly damage: BlobDamage; readonly now: string },
): Promise<void> {
  await transaction
    .insertInto('damaged_blobs')
    .columns(['digest', 'damage', 'found_at'])
    .expression((eb) =>
      eb
        .selectFrom('blobs')
        .select(['digest', sql<BlobDamage>`${damage}`.as('damage'), sql<string>`${now}`.as('found_at')])
        .where('digest', '=', digest)
        .where('state', '!=', 'deleting'),
    )
    .onConflict((conflict) => conflict.column('digest').doUpdateSet({ damage }))
    .execute()
}

const damageDeleted = prepared((db, { digest }: { digest: Digest }) =>
  db.deleteFrom('damaged_blobs').where('digest', '=', digest),
)

/** Deletes the record of a blob's damage, after the blob was repaired or deleted. */
export async function deleteDamage(transaction: Transaction<Schema>, digest: Digest): Promise<void> {
  await damageDeleted(transaction, { digest })
}
