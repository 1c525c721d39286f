import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import { BlobNotFoundError, type BlobStore, type ByteRange, type Digest } from '../../blobs/blob-store.ts'
import { RunningDigest } from '../../blobs/running-digest.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { deleteDamage, findDamage, insertDamage } from './damaged-blobs.ts'

/*
 * The database says which blobs there should be, and only the store knows which there are. Nothing is served, skipped
 * or acknowledged because the database has a row: every read compares the size, and what a check found altered counts
 * as missing. Committing the same bytes again replaces the file and ends the damage.
 */

/** A blob as the database has it. */
export interface KnownBlob {
  readonly digest: Digest
  readonly size: number
}

/** Codes of the two errors that say that bytes are lost: of a blob itself, and of one that a manifest names. */
type LostCode = 'blob-lost' | 'manifest-blob-lost'

/** Opens a blob, or a range of it. Throws `blob-lost`. */
export async function openBlob(
  registry: Registry,
  { digest, size }: KnownBlob,
  range?: ByteRange,
): Promise<AsyncIterable<Uint8Array>> {
  if (await isAltered(registry, digest)) throw lost('blob-lost', digest)
  return registry.blobs.read(digest, size, range).catch((error: unknown) => {
    throw error instanceof BlobNotFoundError ? lost('blob-lost', digest) : error
  })
}

/** Checks that a blob is there in its full size. Throws `blob-lost`, or the code that is given. */
export async function checkBlob(registry: Registry, blob: KnownBlob, code: LostCode = 'blob-lost'): Promise<void> {
  if (!(await isStored(registry, blob))) throw lost(code, blob.digest)
}

/** Whether a blob is there in its full size, and no check has found it altered. */
export async function isStored(registry: Registry, { digest, size }: KnownBlob): Promise<boolean> {
  if (await isAltered(registry, digest)) return false
  return (await sizeOf(registry.blobs, digest)) === size
}

/** Reads a whole blob and compares it with its digest. Throws the code when it is missing or damaged. */
export async function checkBytes(registry: Registry, blob: KnownBlob, code: LostCode): Promise<void> {
  if ((await verifyBlob(registry, blob)) !== null) throw lost(code, blob.digest)
}

/**
 * Compares a whole blob with its digest and records what it finds: returns the damage, or null. `pace` is awaited
 * with the number of bytes after each piece. Damage is recorded first and looked at again after that: a commit of the
 * right bytes in between either shows in the second look or deletes the record itself.
 */
export async function verifyBlob(registry: Registry, blob: KnownBlob, pace: Pace = atOnce): Promise<BlobDamage | null> {
  const { digest } = blob
  const damage = await inspectBlob(registry.blobs, blob, pace)
  if (damage === null) {
    if (await findDamage(registry.database.read, digest)) await forget(registry, digest)
    return null
  }
  const now = registry.now()
  await registry.database.write((transaction) => insertDamage(transaction, { digest, damage, now }))
  const still = await inspectBlob(registry.blobs, blob, pace)
  if (still === null) await forget(registry, digest)
  return still
}

/** Waits as long as the reader should, after so many bytes. */
export type Pace = (bytes: number) => Promise<void>

const atOnce: Pace = async () => undefined

/** What is wrong with the bytes of a blob, or null. Records nothing. */
export async function inspectBlob(
  blobs: BlobStore,
  { digest, size }: KnownBlob,
  pace: Pace = atOnce,
): Promise<BlobDamage | null> {
  const stored = await sizeOf(blobs, digest)
  if (stored !== size) return stored === undefined ? 'missing' : 'wrong-size'
  const running = new RunningDigest()
  try {
    for await (const piece of await blobs.read(digest, size)) {
      running.add(piece)
      await pace(piece.length)
    }
  } catch (error) {
    if (error instanceof BlobNotFoundError) return 'missing'
    // A medium that cannot read a sector of it.
    if ((error as NodeJS.ErrnoException).code === 'EIO') return 'altered' // every error of node:fs has a code
    throw error
  }
  return running.soFar() === digest ? null : 'altered'
}

/** Size of a blob in the store; undefined where it is missing. */
export async function sizeOf(blobs: BlobStore, digest: Digest): Promise<number | undefined> {
  return blobs.size(digest).catch((error: unknown) => {
    if (error instanceof BlobNotFoundError) return undefined
    throw error
  })
}

async function isAltered({ database }: Registry, digest: Digest): Promise<boolean> {
  return (await findDamage(database.read, digest)) === 'altered'
}

async function forget({ database }: Registry, digest: Digest): Promise<void> {
  await database.write((transaction) => deleteDamage(transaction, digest))
}

function lost(code: LostCode, digest: Digest): RegistryError {
  return new RegistryError(code, { digest })
}
