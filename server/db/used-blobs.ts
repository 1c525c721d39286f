import type { Transaction } from 'kysely'
import type { Digest } from '../blobs/blob-store.ts'
import type { Schema } from './schema.ts'

/** A blob that a version or a manifest points at. */
export interface UsedBlob {
  readonly digest: Digest
  readonly size: number
}

/** Writes down that something of the instance now points at these blobs, once at each. */
export async function addBlobUses(
  transaction: Transaction<Schema>,
  instance_id: string,
  blobs: readonly UsedBlob[],
): Promise<void> {
  for (const { digest, size } of blobs) {
    await transaction
      .insertInto('used_blobs')
      .values({ instance_id, digest, size, uses: 1 })
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'digest']).doUpdateSet((eb) => ({ uses: eb('used_blobs.uses', '+', 1) })),
      )
      .execute()
  }
}

/** Writes down that something of the instance no longer points at these blobs. */
export async function removeBlobUses(
  transaction: Transaction<Schema>,
  instance_id: string,
  digests: readonly Digest[],
): Promise<void> {
  for (const digest of digests) {
    const { uses } = await transaction
      .updateTable('used_blobs')
      .set((eb) => ({ uses: eb('uses', '-', 1) }))
      .where('instance_id', '=', instance_id)
      .where('digest', '=', digest)
      .returning('uses')
      .executeTakeFirstOrThrow()
    if (uses > 0) continue
    await transaction
      .deleteFrom('used_blobs')
      .where('instance_id', '=', instance_id)
      .where('digest', '=', digest)
      .execute()
  }
}
