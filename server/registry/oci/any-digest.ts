import type { Digest } from '../../blobs/blob-store.ts'

/** A digest as clients may write it; what is kept is kept by its SHA-256. */
export type AnyDigest = Digest | `sha512:${string}`

/** The digest that `text` is; null when it is none, or is made with something that is not known here. */
export function parseDigest(text: string): AnyDigest | null {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text as Digest // the pattern says so
  if (/^sha512:[0-9a-f]{128}$/.test(text)) return text as `sha512:${string}` // the pattern says so
  return null
}
