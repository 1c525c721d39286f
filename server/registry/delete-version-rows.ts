import type { SelectQueryBuilder, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { removeBlobUses } from '../db/used-blobs.ts'
import { deleteManifestRows } from './oci/delete-manifest-rows.ts'

/**
 * Deletes versions of an instance, given by a query for their IDs, with their manifests and all tags on these. Their
 * archives stay, as what once came in; the bytes are marked as needed until now, so that the collector gives them its
 * time of grace.
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
    .select(['archives.digest', 'archives.provenance_digest'])
    .where('versions.id', 'in', versions)
    .execute()
  for (const { digest, provenance_digest } of pointedAt) {
    const digests = provenance_digest ? [digest, provenance_digest] : [digest]
    await removeBlobUses(transaction, instanceId, digests)
    await transaction.updateTable('blobs').set({ touched_at: now }).where('digest', 'in', digests).execute()
  }
  const manifests = await transaction
    .selectFrom('versions')
    .innerJoin('manifests', 'manifests.id', 'versions.manifest_id')
    .select(['manifests.id', 'manifests.repository_id', 'manifests.digest'])
    .where('versions.id', 'in', versions)
    .execute()
  await transaction.deleteFrom('versions').where('id', 'in', versions).execute()
  for (const manifest of manifests) await deleteManifestRows(transaction, instanceId, manifest, now)
}
