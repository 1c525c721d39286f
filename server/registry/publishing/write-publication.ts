import type { Transaction } from 'kysely'
import { tagOfVersion } from '../../../chart/oci-names.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import type { RepositoryRow, Schema } from '../../db/schema.ts'
import { type EventDetails, recordEvent } from '../audit/record-event.ts'
import { insertLiveBlob, insertUnreferencedBlob } from '../blobs/blob-rows.ts'
import type { Call } from '../core/call.ts'
import { ensureRepository } from '../oci/ensure-repository.ts'
import { manifestEvent } from '../oci/manifest-event.ts'
import { putTag, putUnownedTag, type TagMove } from '../oci/put-tag.ts'
import type { Manifest } from '../oci/read-manifest.ts'
import { linkBlob, linkChart } from '../oci/repository-queries.ts'
import { storeManifest } from '../oci/store-manifest.ts'
import type { Candidate, Decision } from './decide-publication.ts'
import type { StagedArchive, StagedFile } from './stage-archive.ts'
import { writeVersion } from './write-version.ts'

/** A publication whose bytes are committed and whose outcome is decided. */
export interface PublicationToWrite {
  readonly call: Call
  readonly candidate: Candidate
  readonly decision: Decision
  readonly archive: StagedArchive
  readonly provenance: StagedFile | undefined
  /** Everything that it is made of. */
  readonly files: readonly (StagedFile & { readonly digest: Digest })[]
  /** The manifest that was made of it; none where OCI cannot express its name. */
  readonly made: { readonly manifest: Manifest } | undefined
  /** The manifest that a client pushed, in place of one that is made. */
  readonly pushed: { readonly manifest: Manifest; readonly tag: string } | undefined
  readonly now: string
}

/**
 * Writes the rows of a publication, of one store behind all doors: the version, its manifest, and the tag that the
 * version exists exactly as long as, and what is written down of it. Throws what {@link storeManifest} and {@link putUnownedTag} throw.
 */
export async function writePublication(transaction: Transaction<Schema>, wanted: PublicationToWrite): Promise<void> {
  const { decision, files, pushed, now } = wanted
  if (decision.outcome === 'unchanged' && !pushed) {
    // It has been published meanwhile. What was kept for it may be more than what is needed now.
    for (const { digest, size } of files) await insertUnreferencedBlob(transaction, { digest, size, now })
    return
  }
  for (const { digest, size } of files) await insertLiveBlob(transaction, { digest, size, now })
  const kept = await keepItsManifest(transaction, wanted)
  const manifestId = kept?.manifestId ?? null
  if (decision.outcome !== 'unchanged') await writeVersion(transaction, { ...wanted, manifestId })
  if (kept) await linkChart(transaction, kept.repository)
  const move = kept && (await putTags(transaction, wanted, kept))
  const deed = deedOf(wanted, kept, move)
  if (deed) await recordEvent(transaction, wanted.call, deed, now)
}

/** One for each publication; of bytes that were there, what became of the manifest that they came with. */
function deedOf(
  { candidate, decision, pushed }: PublicationToWrite,
  kept: Kept | undefined,
  move: TagMove | undefined,
): EventDetails | undefined {
  const { namespace, name: chart, version } = candidate
  const about = { namespace, chart, version }
  switch (decision.outcome) {
    case 'created': {
      const subject = pushed && pushed.tag !== tagOfVersion(version) ? pushed.tag : undefined
      return { ...about, action: 'chart.publish', subject, digestAfter: candidate.digest }
    }
    case 'replaced':
      return { ...about, action: 'chart.publish', digestBefore: decision.current.digest, digestAfter: candidate.digest }
    case 'provenance-added': {
      const digestBefore = decision.current.provenance_digest ?? undefined
      return { ...about, action: 'provenance.add', digestBefore, digestAfter: candidate.provenanceDigest ?? undefined }
    }
    case 'unchanged': {
      if (!pushed || !kept) return undefined
      const { digest } = pushed.manifest
      const deed = manifestEvent({ namespace, name: chart, digest, isNew: kept.isNew, tag: pushed.tag, move })
      return deed && { ...deed, version }
    }
  }
}

interface Kept {
  readonly repository: RepositoryRow
  readonly manifestId: string
  readonly isNew: boolean
}

async function keepItsManifest(
  transaction: Transaction<Schema>,
  wanted: PublicationToWrite,
): Promise<Kept | undefined> {
  const { call, candidate, decision, files, made, pushed, now } = wanted
  const manifest = pushed?.manifest ?? made?.manifest
  if (!manifest) return undefined
  const { namespace } = decision
  const repository = await ensureRepository(transaction, namespace, candidate.name, { kind: 'chart', now })
  // What a client's manifest is made of, the client has pushed here before.
  if (made) for (const { digest } of files) await linkBlob(transaction, repository.id, digest, now)
  const names = `${namespace.name}/${repository.name}`
  const { id, isNew } = await storeManifest(transaction, { manifest, repository, names, call, now })
  return { repository, manifestId: id, isNew }
}

/** Answers with what came of the tag that a client put. */
async function putTags(
  transaction: Transaction<Schema>,
  { candidate, decision, pushed, now }: PublicationToWrite,
  { repository, manifestId }: Kept,
): Promise<TagMove | undefined> {
  const own = tagOfVersion(candidate.version)
  if (decision.outcome !== 'unchanged') await putTag(transaction, repository, { tag: own, manifestId, now })
  else if (pushed?.tag === own && mayMove(decision)) {
    // The same bytes by another manifest: the tag says what the client put there, the version stays as it is.
    const move = await putTag(transaction, repository, { tag: own, manifestId, now })
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

/** An immutable version keeps its manifest too; that its bytes came again is a success nevertheless. */
function mayMove(decision: Extract<Decision, { outcome: 'unchanged' | 'replaced' | 'provenance-added' }>): boolean {
  return !decision.namespace.immutable || decision.current.manifest_id === null
}
