import type { Digest } from '../../blobs/blob-store.ts'

/** A digest that clients may use. Content is stored under its SHA-256. */
export type AnyDigest = Digest | `sha512:${string}`

/** Parses a digest; null if it is invalid or of an unsupported algorithm. */
export function parseDigest(text: string): AnyDigest | null {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text as Digest // the pattern says so
  if (/^sha512:[0-9a-f]{128}$/.test(text)) return text as `sha512:${string}` // the pattern says so
  return null
}
