import { beforeAll, describe, expect, test } from 'vitest'
import { checkProvenance, readProvenance } from './provenance.ts'
import { makeChart, type TestChart } from './testing/make-chart.ts'
import { makeProvenance } from './testing/make-provenance.ts'

let chart: TestChart

beforeAll(async () => {
  chart = await makeChart({ name: 'redis', version: '1.0.0' })
})

describe('readProvenance', () => {
  test('returns name, version and digests', () => {
    expect(readProvenance(makeProvenance(chart))).toEqual({
      metadata: { name: 'redis', version: '1.0.0' },
      files: new Map([['redis-1.0.0.tgz', chart.sha256]]),
    })
  })

  test('reads a file written by helm 2', () => {
    const { metadata, files } = readProvenance(`-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

apiVersion: v1
description: Test chart versioning
name: hashtest
version: 1.2.3

...
files:
  hashtest-1.2.3.tgz: sha256:c6841b3a895f1444a6738b5d04564a57e860ce42f8519c3be807fb6d9bee7888
-----BEGIN PGP SIGNATURE-----

wsBcBAEBCgAQBQJcon2ICRCEO7+YH8GHYgAASEAIAHD4Rad+LF47qNydI+k7x3aC
=YgnR
-----END PGP SIGNATURE-----`)
    expect(metadata).toEqual({ name: 'hashtest', version: '1.2.3' })
    expect([...files.keys()]).toEqual(['hashtest-1.2.3.tgz'])
  })

  test('removes dash escapes', () => {
    const text = `name: a\nversion: 1.0.0\nkeywords:\n- x\n\n...\nfiles:\n  a-1.0.0.tgz: sha256:${chart.sha256}\n`
    const provenance = makeProvenance(chart, { text })
    expect(provenance).toContain('\n- - x\n')
    expect(readProvenance(provenance).files.size).toBe(1)
  })

  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['only a signature', '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n'],
  ])('refuses %s as not signed', (_, text) => {
    expect(() => readProvenance(text)).toThrowError(expect.objectContaining({ code: 'provenance-not-signed' }))
  })

  test.each([
    ['the signature cut off', (text: string) => text.slice(0, text.indexOf('-----BEGIN PGP SIGNATURE'))],
    ['the end cut off', (text: string) => text.slice(0, text.indexOf('-----END'))],
    ['no blank line after the headers', (text: string) => text.replace('SHA512\n\n', 'SHA512\n')],
    ['another header', (text: string) => text.replace('Hash', 'Comment')],
  ])('refuses a file with %s as not signed', (_, change) => {
    expect(() => readProvenance(change(makeProvenance(chart)))).toThrowError(
      expect.objectContaining({ code: 'provenance-not-signed' }),
    )
  })

  test.each([
    ['one part', 'name: a\n'],
    ['metadata that is not YAML', 'name: [\n...\nfiles: {}\n'],
    ['metadata of the wrong kind', 'name: [a]\n...\nfiles: {}\n'],
    ['files that are not YAML', 'name: a\n...\nfiles: [\n'],
    ['files that are a list', 'name: a\n...\nfiles: [a]\n'],
  ])('refuses the syntax of %s', (_, text) => {
    expect(() => readProvenance(makeProvenance(chart, { text }))).toThrowError(
      expect.objectContaining({ code: 'provenance-syntax' }),
    )
  })
})

describe('checkProvenance', () => {
  test('accepts the file of this chart', () => {
    checkProvenance(readProvenance(makeProvenance(chart)), chart)
  })

  test('accepts Windows line endings', () => {
    checkProvenance(readProvenance(makeProvenance(chart).replaceAll('\n', '\r\n')), chart)
  })

  test('accepts a quoted file name', () => {
    const text = `name: redis\nversion: 1.0.0\n\n...\nfiles:\n  "${chart.fileName}": "sha256:${chart.sha256}"\n`
    checkProvenance(readProvenance(makeProvenance(chart, { text })), chart)
  })

  test('refuses the file of another chart', () => {
    const other = makeProvenance(chart, { fileName: 'other-1.0.0.tgz' })
    expect(() => checkProvenance(readProvenance(other), chart)).toThrowError(
      expect.objectContaining({ code: 'provenance-other-file', details: { fileName: 'redis-1.0.0.tgz' } }),
    )
  })

  test('refuses the file of other bytes', () => {
    const other = makeProvenance(chart, { sha256: '0'.repeat(64) })
    expect(() => checkProvenance(readProvenance(other), chart)).toThrowError(
      expect.objectContaining({ code: 'provenance-other-digest' }),
    )
  })
})
