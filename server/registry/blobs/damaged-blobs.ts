import { type Kysely, sql, type Transaction } from 'kysely'
import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { prepared } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

const damageOf = prepared((db, { digest }: { digest: Digest }) =>
  db.selectFrom('damaged_blobs').select('damage').where('digest', '=', digest),
)

/** What the last check found wrong with a blob; undefined: nothing. */
export async function findDamage(db: Kysely<Schema>, digest: Digest): Promise<BlobDamage | undefined> {
  return (await damageOf(db, { digest }))[0]?.damage
}

/** Records damage, unless the blob has been deleted meanwhile. */
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

/** Forgets damage: the right bytes are there, or the blob is gone. */
export async function deleteDamage(transaction: Transaction<Schema>, digest: Digest): Promise<void> {
  await damageDeleted(transaction, { digest })
}
