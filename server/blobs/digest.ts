import { createHash } from 'node:crypto'
import type { Digest } from './blob-store.ts'

const PREFIX = 'sha256:'

/** Returns the digest of content that is in memory. */
export function sha256Digest(content: string | Uint8Array): Digest {
  return digestOfHex(createHash('sha256').update(content).digest('hex'))
}

/** Returns the digest with these 64 lower-case hex digits. Does not check them. */
export function digestOfHex(hex: string): Digest {
  return `${PREFIX}${hex}`
}

/** Returns the 64 hex digits of a digest, as in `/v1`, the index and ETags. */
export function hexOfDigest(digest: Digest): string {
  return digest.slice(PREFIX.length)
}
