import type { Transaction } from 'kysely'
import type { Digest } from '../blobs/blob-store.ts'
import type { Schema } from './schema.ts'

/** The blobs that a version points at. */
export interface VersionBlobs {
  readonly digest: Digest
  readonly size: number
  readonly provenance_digest: Digest | null
  readonly provenance_size: number | null
}

/** Writes down that a version of the instance now points at these blobs. */
export async function addBlobUses(
  transaction: Transaction<Schema>,
  instance_id: string,
  version: VersionBlobs,
): Promise<void> {
  for (const [digest, size] of blobsOf(version)) {
    await transaction
      .insertInto('used_blobs')
      .values({ instance_id, digest, size, uses: 1 })
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'digest']).doUpdateSet((eb) => ({ uses: eb('used_blobs.uses', '+', 1) })),
      )
      .execute()
  }
}

/** Writes down that a version of the instance no longer points at these blobs. */
export async function removeBlobUses(
  transaction: Transaction<Schema>,
  instance_id: string,
  version: VersionBlobs,
): Promise<void> {
  for (const [digest] of blobsOf(version)) {
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

function blobsOf({ digest, size, provenance_digest, provenance_size }: VersionBlobs): [Digest, number][] {
  if (provenance_digest === null || provenance_size === null) return [[digest, size]]
  return [
    [digest, size],
    [provenance_digest, provenance_size],
  ]
}
