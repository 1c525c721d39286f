import { createHash } from 'node:crypto'
import { RegistryError } from '../core/registry-error.ts'
import type { AnyDigest } from './any-digest.ts'

/** Checks that a manifest has the digest by which it is pushed. Throws `digest-mismatch`. */
export function checkManifestDigest(bytes: Uint8Array, digest: AnyDigest): void {
  const algorithm = digest.slice(0, digest.indexOf(':'))
  const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`
  if (actual !== digest) throw new RegistryError('digest-mismatch', { digest })
}
