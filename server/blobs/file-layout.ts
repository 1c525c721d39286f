import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { BlobNotFoundError, type Digest, UploadNotFoundError } from './blob-store.ts'

/*
 * blobs/
 *   uploads/
 *     0f3c…             an upload in progress: 32 random hex digits
 *   sha256/
 *     ab/
 *       ab5d…           a blob: its SHA-256 in 64 hex digits, in a folder of the first two
 */

/** Folder of uploads in the store. On the same file system as the blobs, so that a rename commits an upload. */
export const UPLOADS = 'uploads'

/** Folder of blobs in the store. */
export const BLOBS = 'sha256'

/** Returns a random upload ID: 32 hex digits. */
export function newUploadId(): string {
  return randomBytes(16).toString('hex')
}

/** Returns the path of an upload. Throws {@link UploadNotFoundError} for an invalid ID, which never becomes a path. */
export function uploadPath(folder: string, id: string): string {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new UploadNotFoundError(id)
  return join(folder, UPLOADS, id)
}

/** Returns the path of a blob. Throws {@link BlobNotFoundError} for an invalid digest, which never becomes a path. */
export function blobPath(folder: string, digest: Digest): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1]
  if (!hex) throw new BlobNotFoundError(digest)
  return join(folder, BLOBS, hex.slice(0, 2), hex)
}

/** Returns the digest of a blob from its file name; undefined if the file is not a blob or in the wrong folder. */
export function digestOfFile(shard: string, name: string): Digest | undefined {
  return /^[0-9a-f]{64}$/.test(name) && name.startsWith(shard) && shard.length === 2 ? `sha256:${name}` : undefined
}
