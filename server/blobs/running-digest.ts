import { createHash, type Hash } from 'node:crypto'
import type { Digest } from './blob-store.ts'
import { digestOfHex } from './digest.ts'

/** Incrementally computes the SHA-256 digest and the size in bytes of a stream. */
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

  /** Returns the digest of the bytes added so far. */
  soFar(): Digest {
    return digestOfHex(this.#hash.copy().digest('hex'))
  }
}
