import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { BlobNotFoundError, type Digest, UploadNotFoundError } from './blob-store.ts'

/*
 * blobs/
 *   uploads/
 *     0f3c…             an upload: 32 random hex digits; its bytes so far
 *   sha256/
 *     ab/
 *       ab5d…           a blob: its SHA-256, 64 hex digits, under the first two of them
 */

/** Folder of the uploads, in the store's own. On the same file system as the blobs, so that a rename commits. */
export const UPLOADS = 'uploads'

/** Folder of the blobs, in the store's own. */
export const BLOBS = 'sha256'

export function newUploadId(): string {
  return randomBytes(16).toString('hex')
}

/** Throws {@link UploadNotFoundError} for what is no ID: nothing else becomes a path. */
export function uploadPath(folder: string, id: string): string {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new UploadNotFoundError(id)
  return join(folder, UPLOADS, id)
}

/** Throws {@link BlobNotFoundError} for what is no digest: nothing else becomes a path. */
export function blobPath(folder: string, digest: Digest): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1]
  if (!hex) throw new BlobNotFoundError(digest)
  return join(folder, BLOBS, hex.slice(0, 2), hex)
}

/** The digest of a blob by its file's name; undefined for a file that is no blob or in the wrong folder. */
export function digestOfFile(shard: string, name: string): Digest | undefined {
  return /^[0-9a-f]{64}$/.test(name) && name.startsWith(shard) && shard.length === 2 ? `sha256:${name}` : undefined
}
