import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { ENTRY_BYTES, indexEntry, isCutInIndex } from './index-entry.ts'
import type { ChartMetadata } from './metadata.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const file = { fileName: 'nginx-1.0.0.tgz', digest: 'a'.repeat(64), created: '2026-11-20T08:00:00.000Z' }
const chart: ChartMetadata = { name: 'nginx', version: '1.0.0', apiVersion: 'v2' }

test('writes one line of JSON with the fields of the index', () => {
  expect(indexEntry({ ...chart, description: 'A "server"', deprecated: true }, file)).toBe(
    `{"name":"nginx","version":"1.0.0","apiVersion":"v2","description":"A \\"server\\"","deprecated":true,"urls":["charts/nginx-1.0.0.tgz"],"created":"2026-11-20T08:00:00.000Z","digest":"${'a'.repeat(64)}"}`,
  )
})

test('escapes non-printables, keeps characters that YAML cannot escape, and replaces lone surrogates', () => {
  const description = 'tab\t nul\0 del\x7f nel\x85 ls\u2028 bom\ufeff none\uffff half\ud83d rocket🚀 slash/ é'
  const entry = indexEntry({ ...chart, description }, file)
  expect(entry).toContain(
    '"tab\\t nul\\u0000 del\\u007f nel\\u0085 ls\\u2028 bom\\ufeff none\\uffff half\ufffd rocket🚀 slash/ é"',
  )
  expect(JSON.parse(entry).description).toBe(description.toWellFormed())
})

test('leaves out annotation keys that are too long for YAML, and keeps the others', () => {
  const annotations = {
    ['k'.repeat(1000)]: 'longest',
    ['k'.repeat(1001)]: 'too long',
    ['é'.repeat(501)]: 'too long in bytes',
    ['\0'.repeat(200)]: 'too long as written',
    '\ud83d': 'half',
    __proto__x: 'kept',
  }
  const read = JSON.parse(indexEntry({ ...chart, annotations }, file)).annotations
  expect(Object.keys(read)).toEqual(['k'.repeat(1000), '\ufffd', '__proto__x'])
})

test('keeps a key named __proto__', () => {
  const annotations = JSON.parse('{"__proto__":"x"}') as Record<string, string>
  expect(indexEntry({ ...chart, annotations }, file)).toContain('"annotations":{"__proto__":"x"}')
})

test('encodes the file name as a URL that resolves to it', () => {
  for (const [fileName, url] of [
    ['foo-1.0.0+build.1.tgz', 'charts/foo-1.0.0+build.1.tgz'],
    ['my chart-1.0.0.tgz', 'charts/my%20chart-1.0.0.tgz'],
    ['a?b#c%d-1.0.0.tgz', 'charts/a%3Fb%23c%25d-1.0.0.tgz'],
    ['数据库-1.0.0.tgz', 'charts/%E6%95%B0%E6%8D%AE%E5%BA%93-1.0.0.tgz'],
  ] as const) {
    expect(JSON.parse(indexEntry(chart, { ...file, fileName })).urls).toEqual([url])
  }
})

test('reads as the same value in YAML', () => {
  const metadata: ChartMetadata = {
    ...chart,
    description: 'x: y # z\n- "q" \u0085 \ufeff 🚀 %{}[]&*!|>\'@`',
    dependencies: [{ name: 'd', 'import-values': ['a', { child: 'c', parent: 'p' }] }],
    annotations: { 'a: b': '{"c": 1}', '?': '~' },
  }
  const entry = indexEntry(metadata, file)
  expect(load(entry)).toEqual(JSON.parse(entry))
})

describe('an entry of more than 64 KiB', () => {
  const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, at) => text(at))
  const full: ChartMetadata = {
    ...chart,
    description: 'A server',
    keywords: many(10, (at) => `keyword-${at}`),
    sources: many(10, (at) => `https://git.example.org/${at}`),
    maintainers: [{ name: 'Ann', email: 'ann@example.org' }],
    dependencies: [{ name: 'redis', version: '1.0.0', repository: 'https://charts.example.org' }],
    annotations: { first: '1', second: '2' },
  }
  const read = (metadata: ChartMetadata) => {
    const entry = indexEntry(metadata, file)
    expect(bytesOf(entry)).toBeLessThanOrEqual(ENTRY_BYTES)
    expect(isCutInIndex(metadata)).toBe(true)
    return JSON.parse(entry)
  }
  const whole = JSON.parse(indexEntry(full, file))

  test('is complete up to exactly 64 KiB', () => {
    const { annotations: _, ...bare } = full
    const { annotations: __, ...expected } = whole
    const room = ENTRY_BYTES - bytesOf(indexEntry({ ...bare, home: '' }, file))
    const fits = { ...bare, home: 'h'.repeat(room) }
    expect(bytesOf(indexEntry(fits, file))).toBe(ENTRY_BYTES)
    expect(isCutInIndex(fits)).toBe(false)
    expect(read({ ...bare, home: 'h'.repeat(room + 1) })).toEqual(expected)
  })

  test('loses only annotations, from their end, if that is enough', () => {
    const annotations = { ...full.annotations, long: 'x'.repeat(60_000), longer: 'x'.repeat(60_000), last: 'x' }
    const description = 'd'.repeat(2000)
    const kept = { ...full.annotations, long: 'x'.repeat(60_000) }
    expect(read({ ...full, description, annotations })).toEqual({ ...whole, description, annotations: kept })
  })

  test('loses texts over 1 KiB, and keeps its lists if they fit then', () => {
    const { description: _, ...rest } = whole
    const said = { ...full, description: 'x'.repeat(1_000_000), icon: 'x'.repeat(1025), home: 'x'.repeat(1024) }
    expect(read(said)).toEqual({ ...rest, home: 'x'.repeat(1024) })
  })

  test('loses annotations, keywords, sources, maintainers and dependencies, in this order', () => {
    const { annotations: _, keywords: __, ...rest } = whole
    const sources = many(1000, (at) => `${at}${'s'.repeat(100)}`)
    const entry = read({ ...full, sources })
    expect(entry).toEqual({ ...rest, sources: expect.anything() })
    expect(entry.sources).toEqual(sources.slice(0, entry.sources.length))
    expect(entry.sources.length).toBeGreaterThan(500)
    const maintainers = [{ name: 'x'.repeat(70_000) }]
    const dependencies = many(1000, (at) => `dependency-${at}-${'d'.repeat(100)}`).map((name) => ({ name }))
    const last = read({ ...full, maintainers, dependencies })
    expect(Object.keys(last)).toEqual([
      'name',
      'version',
      'apiVersion',
      'description',
      'dependencies',
      'urls',
      'created',
      'digest',
    ])
    expect(last.dependencies).toEqual(dependencies.slice(0, last.dependencies.length))
  })

  test('is measured in bytes as written', () => {
    for (const character of ['"', '\u0001', '\u2028', 'é', '🚀', '\ud83d']) {
      const keywords = many(100, () => character.repeat(500))
      const entry = read({ ...full, keywords })
      expect(entry.keywords.length).toBeGreaterThan(0)
      expect(entry.keywords.length).toBeLessThan(100)
    }
  })
})
