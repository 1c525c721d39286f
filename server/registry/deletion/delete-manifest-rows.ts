import type { Transaction } from 'kysely'
import { chunksBySize, chunksOf, yieldBetween, yieldToEventLoop } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'
import { removeBlobUses } from '../blobs/blob-references.ts'
import { listPartsOf } from '../oci/artifact-queries.ts'

/**
 * Deletes manifests of the instance, given by their IDs, with their tags. No version may refer to them any more. Starts
 * the grace period of their blobs, of the manifests that they list and of those whose subject they are; marked as
 * released, these can also be collected at once. Yields to the event loop between chunks.
 */
export async function deleteManifestRows(
  transaction: Transaction<Schema>,
  instanceId: string,
  ids: readonly string[],
  now: string,
): Promise<void> {
  for await (const batch of yieldBetween(chunksOf(ids))) {
    for await (const chunk of yieldBetween(chunksBySize(await sizesOf(transaction, batch)))) {
      await deleteChunk(
        transaction,
        instanceId,
        chunk.map(({ id }) => id),
        now,
      )
    }
  }
}

async function deleteChunk(
  transaction: Transaction<Schema>,
  instanceId: string,
  ids: readonly string[],
  now: string,
): Promise<void> {
  const padded = padToPowerOfTwo(ids)
  const pause = ids.length > 1 ? yieldToEventLoop : async () => undefined
  const parts = transaction.selectFrom('manifest_blobs').where('manifest_id', 'in', padded)
  const blobs = await parts.select('digest').execute()
  await pause()
  await removeBlobUses(
    transaction,
    instanceId,
    blobs.map(({ digest }) => digest),
  )
  await pause()
  await transaction
    .updateTable('repository_blobs')
    .set({ touched_at: now, released_at: now })
    .where((eb) =>
      eb(
        eb.refTuple('repository_id', 'digest'),
        'in',
        eb
          .selectFrom('manifests as m')
          .innerJoin('manifest_blobs as b', 'b.manifest_id', 'm.id')
          .select(['m.repository_id', 'b.digest'])
          .where('m.id', 'in', padded)
          .$asTuple('repository_id', 'digest'),
      ),
    )
    .execute()
  await pause()
  await touchRelatives(transaction, ids, now)
  await pause()
  await transaction.deleteFrom('manifests').where('id', 'in', padded).execute()
}

/** Starts the grace period of the manifests that these list, and of those whose subject they are. */
async function touchRelatives(transaction: Transaction<Schema>, ids: readonly string[], now: string): Promise<void> {
  for await (const batch of yieldBetween(chunksOf(await listPartsOf(transaction, ids)))) {
    for await (const chunk of yieldBetween(chunksBySize(await sizesOf(transaction, batch)))) {
      const padded = padToPowerOfTwo(chunk.map(({ id }) => id))
      await transaction
        .updateTable('manifests')
        .set({ touched_at: now, released_at: now })
        .where('id', 'in', padded)
        .execute()
    }
  }
}

async function sizesOf(
  transaction: Transaction<Schema>,
  ids: readonly string[],
): Promise<{ id: string; size: number }[]> {
  return transaction.selectFrom('manifests').select(['id', 'size']).where('id', 'in', padToPowerOfTwo(ids)).execute()
}
