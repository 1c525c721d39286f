import type { SelectQueryBuilder, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { removeBlobUses } from '../db/used-blobs.ts'
import { recordDeeds } from './audit.ts'
import type { Call } from './call.ts'
import { deleteManifestRows } from './oci/delete-manifest-rows.ts'

/**
 * Deletes versions of the call's instance, given by a query for their IDs, with their manifests and all tags on these,
 * and writes down each. Their archives stay, as what once came in; the bytes are marked as needed until now, so that the
 * collector gives them its time of grace.
 */
export async function deleteVersionRows(
  transaction: Transaction<Schema>,
  call: Call,
  versions: SelectQueryBuilder<Schema, 'versions', { id: string }>,
  now: string,
): Promise<void> {
  const pointedAt = await transaction
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .innerJoin('charts', 'charts.id', 'versions.chart_id')
    .select(['archives.digest', 'archives.provenance_digest'])
    .select(['charts.namespace_name as namespace', 'charts.name as chart', 'versions.version'])
    .where('versions.id', 'in', versions)
    .execute()
  const deeds = pointedAt.map(({ namespace, chart, version, digest }) => {
    return { action: 'chart.delete', namespace, chart, version, digestBefore: digest } as const
  })
  await recordDeeds(transaction, call, deeds, now)
  for (const { digest, provenance_digest } of pointedAt) {
    const digests = provenance_digest ? [digest, provenance_digest] : [digest]
    await removeBlobUses(transaction, call.instance, digests)
    await transaction.updateTable('blobs').set({ touched_at: now }).where('digest', 'in', digests).execute()
  }
  const manifests = await transaction
    .selectFrom('versions')
    .innerJoin('manifests', 'manifests.id', 'versions.manifest_id')
    .select(['manifests.id', 'manifests.repository_id', 'manifests.digest'])
    .where('versions.id', 'in', versions)
    .execute()
  await transaction.deleteFrom('versions').where('id', 'in', versions).execute()
  for (const manifest of manifests) await deleteManifestRows(transaction, call.instance, manifest, now)
}
