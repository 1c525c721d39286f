import { expect, test } from 'vitest'
import { digestOfHex, hexOfDigest, sha256Digest } from './digest.ts'

test('computes the SHA-256 digest of text and of bytes', () => {
  // Source: FIPS 180-2, appendix B.1.
  const hex = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(sha256Digest('abc')).toBe(`sha256:${hex}`)
  expect(sha256Digest(new TextEncoder().encode('abc'))).toBe(`sha256:${hex}`)
})

test('converts between digests and hex digits', () => {
  const digest = sha256Digest('')
  expect(hexOfDigest(digest)).toMatch(/^[0-9a-f]{64}$/)
  expect(digestOfHex(hexOfDigest(digest))).toBe(digest)
})
