import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { type KnownBlob, type Pace, verifyBlob } from '../blobs/stored-blobs.ts'
import type { Registry } from '../core/registry.ts'
import { findUpkeep, putUpkeep, type ScrubState } from '../garbage/upkeep.ts'

/** Blobs that are looked up together. After each lot the position is kept. */
const LOT = 100
/** Known damage that is looked at again before each run. */
const KNOWN_DAMAGE = 1000
/** What opening a file counts as, in bytes: small blobs cost time too. */
const FOR_OPENING = 64 * 1024

export interface Scrubbing {
  readonly pace: Pace
  /** Whether to stop before the next blob. The next run goes on from there. */
  readonly isStopped: () => boolean
  readonly onDamage: (blob: KnownBlob, damage: BlobDamage) => void
}

/**
 * Compares all blobs with their digests, in the order of these, from where the last run stopped. Damage is recorded,
 * and forgotten where it is gone: known damage is looked at first.
 */
export async function scrubBlobs(registry: Registry, scrubbing: Scrubbing): Promise<void> {
  const { lastFinished, position } = await scrubState(registry)
  await scrubEach(registry, await knownDamage(registry), scrubbing)
  for (let after = position; !scrubbing.isStopped(); ) {
    const lot = await nextLot(registry, after)
    const last = await scrubEach(registry, lot, scrubbing)
    if (scrubbing.isStopped() && last === undefined) return
    const isDone = lot.length < LOT && last === lot.at(-1)?.digest
    after = isDone ? null : (last ?? after)
    await keep(registry, { position: after, lastFinished: isDone ? registry.now() : lastFinished })
    if (isDone) return
  }
}

/** How far the check has come. */
export async function scrubState({ database }: Registry): Promise<ScrubState> {
  return (await findUpkeep(database.read, 'scrub')) ?? { position: null, lastFinished: null }
}

async function keep({ database }: Registry, state: ScrubState): Promise<void> {
  await database.write((transaction) => putUpkeep(transaction, 'scrub', state))
}

/** Returns the last blob that was checked. */
async function scrubEach(
  registry: Registry,
  blobs: readonly KnownBlob[],
  { pace, isStopped, onDamage }: Scrubbing,
): Promise<Digest | undefined> {
  let last: Digest | undefined
  for (const blob of blobs) {
    if (isStopped()) break
    await pace(FOR_OPENING)
    const damage = await verifyBlob(registry, blob, pace)
    if (damage !== null && (await isKept(registry, blob.digest))) onDamage(blob, damage)
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

async function nextLot({ database }: Registry, after: Digest | null): Promise<KnownBlob[]> {
  let blobs = database.read.selectFrom('blobs').select(['digest', 'size']).where('state', '!=', 'deleting')
  if (after !== null) blobs = blobs.where('digest', '>', after)
  return blobs.orderBy('digest').limit(LOT).execute()
}

/** Not of what the collector has deleted meanwhile. */
async function isKept({ database }: Registry, digest: Digest): Promise<boolean> {
  const query = database.read.selectFrom('damaged_blobs').select('digest').where('digest', '=', digest)
  return (await query.executeTakeFirst()) !== undefined
}
