import type { Transaction } from 'kysely'
import { tagOfVersion } from '../../../chart/oci-names.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import type { RepositoryRow, Schema } from '../../db/schema.ts'
import { type EventDetails, recordEvent } from '../audit/record-event.ts'
import { insertLiveBlob, insertUnreferencedBlob } from '../blobs/blob-rows.ts'
import type { Call } from '../core/call.ts'
import { ensureRepository } from '../oci/ensure-repository.ts'
import { keepFormerManifest } from '../oci/former-manifests.ts'
import { manifestEvent } from '../oci/manifest-event.ts'
import { putTag, putUnownedTag, type TagMove } from '../oci/put-tag.ts'
import type { Manifest } from '../oci/read-manifest.ts'
import { linkBlob, linkChart } from '../oci/repository-queries.ts'
import { storeManifest } from '../oci/store-manifest.ts'
import type { Candidate, Decision } from './decide-publication.ts'
import type { StagedArchive, StagedFile } from './stage-archive.ts'
import { writeVersion } from './write-version.ts'

/** A publication whose blobs are committed and whose outcome is decided. */
export interface PublicationToWrite {
  readonly call: Call
  readonly candidate: Candidate
  readonly decision: Decision
  readonly archive: StagedArchive
  readonly provenance: StagedFile | undefined
  /** All files of the publication. */
  readonly files: readonly (StagedFile & { readonly digest: Digest })[]
  /** Generated manifest; undefined if a client pushed one, or if the name is not valid in OCI. */
  readonly generated: { readonly manifest: Manifest } | undefined
  /** Manifest that a client pushed, and its tag. */
  readonly pushed: { readonly manifest: Manifest; readonly tag: string } | undefined
  readonly now: string
}

/**
 * Writes the rows of a publication: the version, its manifest, the tag of the version, which exists exactly as long as
 * the version, and the audit event. Throws the errors of {@link storeManifest} and {@link putUnownedTag}.
 */
export async function writePublication(
  transaction: Transaction<Schema>,
  publication: PublicationToWrite,
): Promise<void> {
  const { decision, files, pushed, now } = publication
  if (decision.outcome === 'unchanged' && !pushed) {
    // The same version was published concurrently, so the committed blobs may be unreferenced.
    for (const { digest, size } of files) await insertUnreferencedBlob(transaction, { digest, size, now })
    return
  }
  for (const { digest, size } of files) await insertLiveBlob(transaction, { digest, size, now })
  const stored = await writeManifest(transaction, publication)
  const manifestId = stored?.manifestId ?? null
  if (decision.outcome !== 'unchanged') await writeVersion(transaction, { ...publication, manifestId })
  if (stored) await linkChart(transaction, stored.repository)
  const move = stored && (await putTags(transaction, publication, stored))
  const event = eventOf(publication, stored, move)
  if (event) await recordEvent(transaction, publication.call, event, now)
}

/** Audit event of a publication; for an unchanged version, the event of the pushed manifest, if any. */
function eventOf(
  { candidate, decision, pushed }: PublicationToWrite,
  stored: StoredManifest | undefined,
  move: TagMove | undefined,
): EventDetails | undefined {
  const { namespace, name: chart, version } = candidate
  const base = { namespace, chart, version }
  switch (decision.outcome) {
    case 'created': {
      const subject = pushed && pushed.tag !== tagOfVersion(version) ? pushed.tag : undefined
      return { ...base, action: 'chart.publish', subject, digestAfter: candidate.digest }
    }
    case 'replaced':
      return { ...base, action: 'chart.publish', digestBefore: decision.current.digest, digestAfter: candidate.digest }
    case 'provenance-added': {
      const digestBefore = decision.current.provenance_digest ?? undefined
      return { ...base, action: 'provenance.add', digestBefore, digestAfter: candidate.provenanceDigest ?? undefined }
    }
    case 'unchanged': {
      if (!pushed || !stored) return undefined
      const { digest } = pushed.manifest
      const event = manifestEvent({ namespace, name: chart, digest, isNew: stored.isNew, tag: pushed.tag, move })
      return event && { ...event, version }
    }
  }
}

interface StoredManifest {
  readonly repository: RepositoryRow
  readonly manifestId: string
  readonly isNew: boolean
}

async function writeManifest(
  transaction: Transaction<Schema>,
  publication: PublicationToWrite,
): Promise<StoredManifest | undefined> {
  const { call, candidate, decision, files, generated, pushed, now } = publication
  const manifest = pushed?.manifest ?? generated?.manifest
  if (!manifest) return undefined
  const { namespace } = decision
  const repository = await ensureRepository(transaction, namespace, candidate.name, { kind: 'chart', now })
  // The blobs of a pushed manifest are already linked: the client pushed them to this repository.
  if (generated) for (const { digest } of files) await linkBlob(transaction, repository.id, digest, now)
  const names = `${namespace.name}/${repository.name}`
  const { id, isNew } = await storeManifest(transaction, { manifest, repository, names, call, now })
  return { repository, manifestId: id, isNew }
}

/** Writes the tags of a publication. Returns the move of the tag that a client pushed. */
async function putTags(
  transaction: Transaction<Schema>,
  { candidate, decision, pushed, now }: PublicationToWrite,
  { repository, manifestId }: StoredManifest,
): Promise<TagMove | undefined> {
  const own = tagOfVersion(candidate.version)
  if (decision.outcome !== 'unchanged') await putTag(transaction, repository, { tag: own, manifestId, now })
  else if (pushed?.tag === own && mayReplaceManifest(decision)) {
    // The same archive in another manifest: the tag moves to the pushed manifest, the version does not change.
    const move = await putTag(transaction, repository, { tag: own, manifestId, now })
    await keepFormerManifest(transaction, decision.current, manifestId)
    await transaction
      .updateTable('versions')
      .set({ manifest_id: manifestId })
      .where('id', '=', decision.current.id)
      .execute()
    return move
  }
  if (!pushed || pushed.tag === own) return undefined
  return putUnownedTag(transaction, decision.namespace, repository, { tag: pushed.tag, manifestId, now })
}

/** An immutable version also keeps its manifest. Pushing its archive again succeeds nevertheless. */
function mayReplaceManifest(
  decision: Extract<Decision, { outcome: 'unchanged' | 'replaced' | 'provenance-added' }>,
): boolean {
  return !decision.namespace.immutable || decision.current.manifest_id === null
}
