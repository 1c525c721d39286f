import type { Transaction } from 'kysely'
import { archiveFileName } from '../../../chart/file-name.ts'
import { foldName } from '../../../chart/fuzzy.ts'
import { indexEntry } from '../../../chart/index-entry.ts'
import { isPrerelease, versionOrderKey } from '../../../chart/version.ts'
import type { Schema } from '../../db/schema.ts'
import { addBlobUses, removeBlobUses, type UsedBlob } from '../blobs/blob-references.ts'
import { refreshChart, touchNamespace } from '../charts/chart-summary.ts'
import { type Call, callerName } from '../core/call.ts'
import { newId } from '../core/ids.ts'
import { keepFormerManifest } from '../oci/former-manifests.ts'
import type { Candidate, Decision } from './decide-publication.ts'
import type { StagedArchive, StagedFile } from './stage-archive.ts'

/** A version whose blobs are committed and whose publication is decided. */
export interface VersionToWrite {
  readonly call: Call
  readonly candidate: Candidate
  readonly decision: Decision
  readonly archive: StagedArchive
  readonly provenance: StagedFile | undefined
  /** ID of its manifest's row; null if its name is not valid in OCI. */
  readonly manifestId: string | null
  readonly now: string
}

/** Writes the rows of a version and its archive, and updates its chart, its namespace and the blob references. */
export async function writeVersion(transaction: Transaction<Schema>, version: VersionToWrite): Promise<void> {
  const { decision, now } = version
  const { instance_id } = decision.namespace
  const isNewChart = decision.outcome === 'created' && !decision.chart
  const archive = await insertArchive(transaction, version)
  const chartId =
    decision.outcome === 'created' ? await insertVersion(transaction, version, archive) : decision.current.chart_id
  if (decision.outcome !== 'created') {
    const { current } = decision
    const before = current.provenance_digest ? [current.digest, current.provenance_digest] : [current.digest]
    await removeBlobUses(transaction, instance_id, before)
    // Starts the grace period of the replaced blobs, unless they are still referenced.
    await transaction.updateTable('blobs').set({ touched_at: now }).where('digest', 'in', before).execute()
    await keepFormerManifest(transaction, current, version.manifestId)
    const next = { archive_id: archive, manifest_id: version.manifestId }
    await transaction
      .updateTable('versions')
      .set(decision.outcome === 'replaced' ? { ...next, created_at: now } : next)
      .where('id', '=', current.id)
      .execute()
  }
  await addBlobUses(transaction, instance_id, blobsOf(version))
  await refreshChart(transaction, chartId)
  await touchNamespace(transaction, decision.namespace.id, { added: isNewChart ? 1 : 0, now })
}

function blobsOf({ candidate, archive, provenance }: VersionToWrite): UsedBlob[] {
  const blobs = [{ digest: candidate.digest, size: archive.size }]
  if (provenance && candidate.provenanceDigest) {
    blobs.push({ digest: candidate.provenanceDigest, size: provenance.size })
  }
  return blobs
}

async function insertArchive(transaction: Transaction<Schema>, version: VersionToWrite): Promise<string> {
  const { archive, call, candidate, decision, now } = version
  const id = newId()
  const created = decision.outcome === 'provenance-added' ? decision.current.created_at : now
  await transaction
    .insertInto('archives')
    .values({
      id,
      namespace_id: decision.namespace.id,
      digest: candidate.digest,
      size: archive.size,
      provenance_digest: candidate.provenanceDigest,
      name: candidate.name,
      version: candidate.version,
      metadata_json: JSON.stringify(archive.metadata),
      index_entry: indexEntry(archive.metadata, {
        fileName: archiveFileName(candidate.name, candidate.version),
        digest: archive.sha256,
        created,
      }),
      pushed_by: callerName(call.caller),
      protocol: call.protocol,
      created_at: now,
    })
    .execute()
  return id
}

/** Inserts the version's row, and the chart's if it does not exist. Returns the ID of the chart. */
async function insertVersion(
  transaction: Transaction<Schema>,
  { candidate, decision, manifestId, now }: VersionToWrite,
  archive_id: string,
): Promise<string> {
  const { namespace } = decision
  const { name, version } = candidate
  const id = newId()
  let chartId = decision.outcome === 'created' ? decision.chart?.id : undefined
  if (!chartId) {
    chartId = newId()
    await transaction
      .insertInto('charts')
      .values({
        id: chartId,
        instance_id: namespace.instance_id,
        namespace_id: namespace.id,
        namespace_name: namespace.name,
        name,
        folded_name: foldName(name),
        version_count: 1,
        revision: 0,
        latest_version_id: id,
        // Recomputed by refreshChart once the version is inserted.
        latest_version: version,
        home: '',
        icon: '',
        deprecated: 0,
        created_at: now,
        updated_at: now,
      })
      .execute()
  }
  await transaction
    .insertInto('versions')
    .values({
      id,
      chart_id: chartId,
      namespace_id: namespace.id,
      version,
      folded_version: foldName(version),
      order_key: versionOrderKey(version),
      prerelease: isPrerelease(version) ? 1 : 0,
      file_name: archiveFileName(name, version),
      archive_id,
      created_at: now,
      manifest_id: manifestId,
    })
    .execute()
  return chartId
}
