import { createHash } from 'node:crypto'
import { RegistryError } from '../core/registry-error.ts'
import type { AnyDigest } from './any-digest.ts'

/** Checks that bytes have the digest that they are put under. Throws `digest-mismatch`. */
export function checkManifestDigest(bytes: Uint8Array, digest: AnyDigest): void {
  const algorithm = digest.slice(0, digest.indexOf(':'))
  const found = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`
  if (found !== digest) throw new RegistryError('digest-mismatch', { digest })
}
