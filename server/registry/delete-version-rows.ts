import type { SelectQueryBuilder, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { removeBlobUses } from '../db/used-blobs.ts'

/**
 * Deletes versions of an instance, given by a query for their IDs. Their archives stay, as what once came in; the bytes
 * are marked as needed until now, so that the collector gives them its time of grace.
 */
export async function deleteVersionRows(
  transaction: Transaction<Schema>,
  instanceId: string,
  versions: SelectQueryBuilder<Schema, 'versions', { id: string }>,
  now: string,
): Promise<void> {
  const pointedAt = await transaction
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .leftJoin('blobs', 'blobs.digest', 'archives.provenance_digest')
    .select(['archives.digest', 'archives.size', 'archives.provenance_digest', 'blobs.size as provenance_size'])
    .where('versions.id', 'in', versions)
    .execute()
  for (const version of pointedAt) {
    await removeBlobUses(transaction, instanceId, version)
    await transaction
      .updateTable('blobs')
      .set({ touched_at: now })
      .where('digest', 'in', version.provenance_digest ? [version.digest, version.provenance_digest] : [version.digest])
      .execute()
  }
  await transaction.deleteFrom('versions').where('id', 'in', versions).execute()
}
