import { describe, expect, it } from 'vitest'
import { formatBytes, formatDate, formatTime, shortDigest } from './format.ts'
import { matchedRuns } from './matched-runs.ts'

describe('formatTime', () => {
  it.each([
    ['zh-CN', /^2026-03-0[567] \d\d:\d\d:09$/],
    ['en-US', /^Mar [567], 2026, \d\d:\d\d:09$/],
  ] as const)('formats a time in %s', (language, form) => {
    expect(formatTime('2026-03-06T12:08:09Z', language)).toMatch(form)
  })

  it.each(['0001-01-01T00:00:00Z', '', null, undefined, 'soon'])('formats %j as a dash', (iso) => {
    expect(formatTime(iso, 'en-US')).toBe('–')
    expect(formatDate(iso, 'zh-CN')).toBe('–')
  })
})

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1024 * 1024 - 1, '1 MiB'],
    [20 * 1024 * 1024, '20 MiB'],
    [4300, '4.2 KiB'],
    [150.4 * 1024, '150 KiB'],
  ])('formats %d as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en-US')).toBe(text)
  })
})

describe('shortDigest', () => {
  it('drops the algorithm', () => {
    expect(shortDigest(`sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('0123456789ab')
    expect(shortDigest('0123456789abcdef'.repeat(4))).toBe('0123456789ab')
  })
})

describe('matchedRuns', () => {
  it('splits at the borders of matched characters', () => {
    expect(matchedRuns('nginx', [0, 3, 4]).map((run) => [run.text, run.matched])).toEqual([
      ['n', true],
      ['gi', false],
      ['nx', true],
    ])
  })

  it('returns one run for a text without a match', () => {
    expect(matchedRuns('nginx', [])).toEqual([{ start: 0, text: 'nginx', matched: false }])
    expect(matchedRuns('', [])).toEqual([])
  })
})
