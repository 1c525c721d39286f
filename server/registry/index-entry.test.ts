import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import type { ChartMetadata } from '../../chart/metadata.ts'
import { indexEntry } from './index-entry.ts'

const file = { fileName: 'nginx-1.0.0.tgz', digest: 'a'.repeat(64), created: '2026-11-20T08:00:00.000Z' }
const chart: ChartMetadata = { name: 'nginx', version: '1.0.0', apiVersion: 'v2' }

test('one line of JSON, with what only the index says', () => {
  expect(indexEntry({ ...chart, description: 'A "server"', deprecated: true }, file)).toBe(
    `{"name":"nginx","version":"1.0.0","apiVersion":"v2","description":"A \\"server\\"","deprecated":true,"urls":["charts/nginx-1.0.0.tgz"],"created":"2026-11-20T08:00:00.000Z","digest":"${'a'.repeat(64)}"}`,
  )
})

test('what does not print is escaped, what YAML cannot escape is raw, half a character is replaced', () => {
  const description = 'tab\t nul\0 del\x7f nel\x85 ls\u2028 bom\ufeff none\uffff half\ud83d rocket🚀 slash/ é'
  const entry = indexEntry({ ...chart, description }, file)
  expect(entry).toContain(
    '"tab\\t nul\\u0000 del\\u007f nel\\u0085 ls\\u2028 bom\\ufeff none\\uffff half\ufffd rocket🚀 slash/ é"',
  )
  expect(JSON.parse(entry).description).toBe(description.toWellFormed())
})

test('a key of an annotation that YAML would not take is left out, with all others kept', () => {
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

test('a key called __proto__ is a key', () => {
  const annotations = JSON.parse('{"__proto__":"x"}') as Record<string, string>
  expect(indexEntry({ ...chart, annotations }, file)).toContain('"annotations":{"__proto__":"x"}')
})

test('the file name becomes a URL that leads to it', () => {
  for (const [fileName, url] of [
    ['foo-1.0.0+build.1.tgz', 'charts/foo-1.0.0+build.1.tgz'],
    ['my chart-1.0.0.tgz', 'charts/my%20chart-1.0.0.tgz'],
    ['a?b#c%d-1.0.0.tgz', 'charts/a%3Fb%23c%25d-1.0.0.tgz'],
    ['数据库-1.0.0.tgz', 'charts/%E6%95%B0%E6%8D%AE%E5%BA%93-1.0.0.tgz'],
  ] as const) {
    expect(JSON.parse(indexEntry(chart, { ...file, fileName })).urls).toEqual([url])
  }
})

test('it reads as YAML to the same', () => {
  const metadata: ChartMetadata = {
    ...chart,
    description: 'x: y # z\n- "q" \u0085 \ufeff 🚀 %{}[]&*!|>\'@`',
    dependencies: [{ name: 'd', 'import-values': ['a', { child: 'c', parent: 'p' }] }],
    annotations: { 'a: b': '{"c": 1}', '?': '~' },
  }
  const entry = indexEntry(metadata, file)
  expect(load(entry)).toEqual(JSON.parse(entry))
})
