import { createHash, type Hash } from 'node:crypto'
import type { Digest } from './blob-store.ts'

/** The digest of bytes that come in piece by piece, and how many they are. */
export class RunningDigest {
  readonly #hash: Hash = createHash('sha256')
  #size = 0

  get size(): number {
    return this.#size
  }

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#size += bytes.length
  }

  soFar(): Digest {
    return `sha256:${this.#hash.copy().digest('hex')}`
  }
}
