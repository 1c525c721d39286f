import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { type KnownBlob, type Pace, verifyBlob } from '../blobs/stored-blobs.ts'
import type { Registry } from '../core/registry.ts'

/** Blobs selected by one query. The position is stored after each page. */
const PAGE = 100
/** Known damaged blobs that are checked again before each run. */
const KNOWN_DAMAGE = 1000
/** Cost of opening a file, in bytes of reading. */
const OPENING_COST = 64 * 1024

/** Options and callbacks of a scrub. */
export interface Scrub {
  /** Digest of the last blob checked by the run that is resumed; null to start at the first. */
  readonly after: Digest | null
  readonly pace: Pace
  /** When aborted, the scrub stops before the next blob. */
  readonly signal: AbortSignal
  readonly onDamage: (blob: KnownBlob, damage: BlobDamage) => void
  /** Stores the digest of the last blob checked. */
  readonly onProgress: (position: Digest) => Promise<void>
}

/**
 * Compares all blobs with their digests, in digest order. Records damage, and clears the record of blobs that are
 * intact again: known damage is checked first. Returns early if aborted.
 */
export async function scrubBlobs(registry: Registry, scrub: Scrub): Promise<void> {
  await scrubEach(registry, await knownDamage(registry), scrub)
  for (let after = scrub.after, isLast = false; !isLast && !scrub.signal.aborted; ) {
    const page = await nextPage(registry, after)
    after = (await scrubEach(registry, page, scrub)) ?? after
    isLast = page.length < PAGE
    if (after !== null) await scrub.onProgress(after)
  }
}

/** Returns the digest of the last blob checked. */
async function scrubEach(
  registry: Registry,
  blobs: readonly KnownBlob[],
  { pace, signal, onDamage }: Scrub,
): Promise<Digest | undefined> {
  let last: Digest | undefined
  for (const blob of blobs) {
    if (signal.aborted) break
    await pace(OPENING_COST)
    const damage = await verifyBlob(registry, blob, pace)
    if (damage !== null && (await isRecorded(registry, blob.digest))) onDamage(blob, damage)
    last = blob.digest
  }
  return last
}

async function knownDamage({ database }: Registry): Promise<KnownBlob[]> {
  return database.read
    .selectFrom('damaged_blobs')
    .innerJoin('blobs', 'blobs.digest', 'damaged_blobs.digest')
    .select(['blobs.digest', 'blobs.size'])
    .orderBy('blobs.digest')
    .limit(KNOWN_DAMAGE)
    .execute()
}

async function nextPage({ database }: Registry, after: Digest | null): Promise<KnownBlob[]> {
  let blobs = database.read.selectFrom('blobs').select(['digest', 'size']).where('state', '!=', 'deleting')
  if (after !== null) blobs = blobs.where('digest', '>', after)
  return blobs.orderBy('digest').limit(PAGE).execute()
}

/** False for a blob that was garbage collected meanwhile. */
async function isRecorded({ database }: Registry, digest: Digest): Promise<boolean> {
  const query = database.read.selectFrom('damaged_blobs').select('digest').where('digest', '=', digest)
  return (await query.executeTakeFirst()) !== undefined
}
