import type { SelectQueryBuilder, Transaction } from 'kysely'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'
import { recordSelectedEvents } from '../audit/record-event.ts'
import { removeBlobUses } from '../blobs/blob-references.ts'
import type { Call } from '../core/call.ts'
import { listFormerManifests } from '../oci/former-manifests.ts'
import { deleteManifestRows } from './delete-manifest-rows.ts'

/** Versions deleted per chunk, so that each statement takes only some milliseconds. */
const AT_ONCE = 1000

/**
 * Deletes versions of the addressed instance, given by a query for their IDs, with their manifests and all tags of
 * these, and records an audit event for each. Their archives are left to the garbage collection, and the grace period
 * of their blobs starts. Works in chunks and yields to the event loop in between. Returns the number of versions.
 */
export async function deleteVersionRows(
  transaction: Transaction<Schema>,
  call: Call,
  versions: SelectQueryBuilder<Schema, 'versions', { id: string }>,
  now: string,
): Promise<number> {
  for (let deleted = 0; ; ) {
    const rows = await versions.limit(AT_ONCE).execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await deleteChunk(transaction, call, ids, now)
    deleted += ids.length
    if (ids.length < AT_ONCE) return deleted
    await yieldToEventLoop()
  }
}

async function deleteChunk(
  transaction: Transaction<Schema>,
  call: Call,
  ids: readonly string[],
  now: string,
): Promise<void> {
  const padded = padToPowerOfTwo(ids)
  // A deletion of many versions yields to the event loop after each statement.
  const pause = ids.length > 1 ? yieldToEventLoop : async () => undefined
  const versions = await transaction
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .select(['versions.manifest_id', 'archives.digest', 'archives.provenance_digest'])
    .where('versions.id', 'in', padded)
    .execute()
  await pause()
  const former = await listFormerManifests(transaction, padded)
  await pause()
  await recordDeletion(transaction, call, padded, now)
  await pause()
  const digests = versions.flatMap(({ digest, provenance_digest }) =>
    provenance_digest ? [digest, provenance_digest] : [digest],
  )
  await removeBlobUses(transaction, call.instance, digests)
  await pause()
  await transaction
    .updateTable('blobs')
    .set({ touched_at: now })
    .where('digest', 'in', padToPowerOfTwo([...new Set(digests)]))
    .execute()
  await pause()
  await transaction.deleteFrom('versions').where('id', 'in', padded).execute()
  await pause()
  const manifests = new Set([...former, ...versions.flatMap(({ manifest_id }) => manifest_id ?? [])])
  await deleteManifestRows(transaction, call.instance, [...manifests], now)
}

async function recordDeletion(
  transaction: Transaction<Schema>,
  call: Call,
  ids: readonly string[],
  now: string,
): Promise<void> {
  const query = transaction
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .innerJoin('charts', 'charts.id', 'versions.chart_id')
    .select(['versions.id as key', 'charts.namespace_name as namespace', 'charts.name as chart'])
    .select(['versions.version', 'archives.digest as digest_before'])
    .where('versions.id', 'in', ids)
    .orderBy('charts.name')
    .orderBy('versions.order_key')
  await recordSelectedEvents(transaction, call, 'chart.delete', { query, count: ids.length }, now)
}
