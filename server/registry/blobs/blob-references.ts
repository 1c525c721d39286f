import type { Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { chunksOf, yieldBetween } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

/** A blob that a version or a manifest refers to. */
export interface UsedBlob {
  readonly digest: Digest
  readonly size: number
}

/** Adds one reference of the instance to each of these blobs. Digests must be distinct. */
export async function addBlobUses(
  transaction: Transaction<Schema>,
  instance_id: string,
  blobs: readonly UsedBlob[],
): Promise<void> {
  for await (const chunk of yieldBetween(chunksOf(blobs))) {
    await transaction
      .insertInto('used_blobs')
      .values(chunk.map(({ digest, size }) => ({ instance_id, digest, size, uses: 1 })))
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'digest']).doUpdateSet((eb) => ({ uses: eb('used_blobs.uses', '+', 1) })),
      )
      .execute()
  }
}

/** Removes references of the instance to blobs, one for each occurrence of a digest. */
export async function removeBlobUses(
  transaction: Transaction<Schema>,
  instance_id: string,
  digests: readonly Digest[],
): Promise<void> {
  const counts = new Map<Digest, number>()
  for (const digest of digests) counts.set(digest, (counts.get(digest) ?? 0) + 1)
  for await (const chunk of yieldBetween(chunksOf([...counts.keys()]))) {
    // One statement per number of occurrences: nearly all digests occur once.
    for (const [count, group] of Map.groupBy(chunk, (digest) => counts.get(digest) ?? 0)) {
      await transaction
        .updateTable('used_blobs')
        .set((eb) => ({ uses: eb('uses', '-', count) }))
        .where('instance_id', '=', instance_id)
        .where('digest', 'in', padToPowerOfTwo(group))
        .execute()
    }
    await transaction
      .deleteFrom('used_blobs')
      .where('instance_id', '=', instance_id)
      .where('digest', 'in', padToPowerOfTwo(chunk))
      .where('uses', '<=', 0)
      .execute()
  }
}
