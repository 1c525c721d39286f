import type { Transaction } from 'kysely'
import { chunksBySize, chunksOf, yieldBetween, yieldToEventLoop } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'
import { removeBlobUses } from '../blobs/blob-references.ts'
import { listPartsOf } from '../oci/artifact-queries.ts'

/**
 * Deletes manifests of the instance, given by their IDs, with their tags. No version may point at them any more. What
 * they were made of, what they listed and what was about them are marked as needed until now and released, so that the
 * collector gives them its grace period, unless it is told to collect at once. Other requests have their turn between chunks.
 */
export async function deleteManifestRows(
  transaction: Transaction<Schema>,
  instanceId: string,
  ids: readonly string[],
  now: string,
): Promise<void> {
  for await (const some of yieldBetween(chunksOf(ids))) {
    for await (const chunk of yieldBetween(chunksBySize(await sizesOf(transaction, some)))) {
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
  const chosen = padToPowerOfTwo(ids)
  const pause = ids.length > 1 ? yieldToEventLoop : async () => undefined
  const parts = transaction.selectFrom('manifest_blobs').where('manifest_id', 'in', chosen)
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
          .where('m.id', 'in', chosen)
          .$asTuple('repository_id', 'digest'),
      ),
    )
    .execute()
  await pause()
  await touchRelatives(transaction, ids, now)
  await pause()
  await transaction.deleteFrom('manifests').where('id', 'in', chosen).execute()
}

/** Marks the manifests that these list, and those that are about them, as needed until now. There may be any number. */
async function touchRelatives(transaction: Transaction<Schema>, ids: readonly string[], now: string): Promise<void> {
  for await (const some of yieldBetween(chunksOf(await listPartsOf(transaction, ids)))) {
    for await (const chunk of yieldBetween(chunksBySize(await sizesOf(transaction, some)))) {
      const chosen = padToPowerOfTwo(chunk.map(({ id }) => id))
      await transaction
        .updateTable('manifests')
        .set({ touched_at: now, released_at: now })
        .where('id', 'in', chosen)
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
