import type { Readable } from 'node:stream'
import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import { BlobNotFoundError, type BlobStore, type ByteRange, type Digest } from '../../blobs/blob-store.ts'
import { RunningDigest } from '../../blobs/running-digest.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { deleteDamage, findDamage, insertDamage } from './damaged-blobs.ts'

/*
 * The database records which blobs should exist, but only the store knows which do. Nothing is served, skipped or
 * acknowledged only because the database has a row: every read compares the size, and a blob that a check found altered
 * counts as missing. Committing the blob again replaces the file and clears the damage.
 */

/** A blob according to the database. Its size is in bytes. */
export interface KnownBlob {
  readonly digest: Digest
  readonly size: number
}

/** Error code of a lost blob: requested itself, or referred to by a manifest. */
type LostCode = 'blob-lost' | 'manifest-blob-lost'

/** Opens a blob. Throws `blob-lost`. */
export async function openBlob(registry: Registry, { digest, size }: KnownBlob): Promise<Readable> {
  if (await isAltered(registry, digest)) throw lost('blob-lost', digest)
  return registry.blobs.read(digest, size).catch(lostIfNotFound(digest))
}

/**
 * Opens a blob, or a range of it, for sending: a chunk's memory is reused once the next one is requested. Throws
 * `blob-lost`.
 */
export async function openBlobInPlace(
  registry: Registry,
  { digest, size }: KnownBlob,
  range: ByteRange,
): Promise<AsyncIterable<Uint8Array>> {
  if (await isAltered(registry, digest)) throw lost('blob-lost', digest)
  return registry.blobs.readInPlace(digest, size, range).catch(lostIfNotFound(digest))
}

function lostIfNotFound(digest: Digest): (error: unknown) => never {
  return (error) => {
    throw error instanceof BlobNotFoundError ? lost('blob-lost', digest) : error
  }
}

/** Checks that the store contains a blob with its full size, and that no check found it altered. Throws `code`. */
export async function checkBlob(registry: Registry, blob: KnownBlob, code: LostCode = 'blob-lost'): Promise<void> {
  if (!(await isStored(registry, blob))) throw lost(code, blob.digest)
}

/** Returns whether the store contains a blob with its full size, and no check found it altered. */
export async function isStored(registry: Registry, { digest, size }: KnownBlob): Promise<boolean> {
  if (await isAltered(registry, digest)) return false
  return (await sizeOf(registry.blobs, digest)) === size
}

/** Reads a whole blob and compares it with its digest. Throws `code` if it is missing or damaged. */
export async function checkBytes(registry: Registry, blob: KnownBlob, code: LostCode): Promise<void> {
  if ((await verifyBlob(registry, blob)) !== null) throw lost(code, blob.digest)
}

/**
 * Compares a whole blob with its digest and records the damage. Returns the damage, or null. `pace` is awaited with the
 * number of bytes after each piece. Damage is recorded before a second check: a concurrent commit of the blob is either
 * seen by the second check or deletes the record.
 */
export async function verifyBlob(
  registry: Registry,
  blob: KnownBlob,
  pace: Pace = withoutDelay,
): Promise<BlobDamage | null> {
  const { digest } = blob
  const damage = await inspectBlob(registry.blobs, blob, pace)
  if (damage === null) {
    if (await findDamage(registry.database.read, digest)) await clearDamage(registry, digest)
    return null
  }
  const now = registry.now()
  await registry.database.write((transaction) => insertDamage(transaction, { digest, damage, now }))
  const remaining = await inspectBlob(registry.blobs, blob, pace)
  if (remaining === null) await clearDamage(registry, digest)
  return remaining
}

/** Delays the reader after each piece of `bytes` bytes, to limit its rate. */
export type Pace = (bytes: number) => Promise<void>

const withoutDelay: Pace = async () => undefined

/** Returns the damage of a blob, or null. Records nothing. */
export async function inspectBlob(
  blobs: BlobStore,
  { digest, size }: KnownBlob,
  pace: Pace = withoutDelay,
): Promise<BlobDamage | null> {
  const stored = await sizeOf(blobs, digest)
  if (stored !== size) return stored === undefined ? 'missing' : 'wrong-size'
  const running = new RunningDigest()
  try {
    for await (const piece of await blobs.readInPlace(digest, size)) {
      running.add(piece)
      await pace(piece.length)
    }
  } catch (error) {
    if (error instanceof BlobNotFoundError) return 'missing'
    // EIO: unreadable sectors.
    if ((error as NodeJS.ErrnoException).code === 'EIO') return 'altered' // every error of node:fs has a code
    throw error
  }
  return running.soFar() === digest ? null : 'altered'
}

/** Returns the size of a blob in the store in bytes; undefined if it is missing. */
export async function sizeOf(blobs: BlobStore, digest: Digest): Promise<number | undefined> {
  return blobs.size(digest).catch((error: unknown) => {
    if (error instanceof BlobNotFoundError) return undefined
    throw error
  })
}

async function isAltered({ database }: Registry, digest: Digest): Promise<boolean> {
  return (await findDamage(database.read, digest)) === 'altered'
}

async function clearDamage({ database }: Registry, digest: Digest): Promise<void> {
  await database.write((transaction) => deleteDamage(transaction, digest))
}

function lost(code: LostCode, digest: Digest): RegistryError {
  return new RegistryError(code, { digest })
}
