import { describe, expect, test } from 'vitest'
import { foldName, fuzzyMatch } from './fuzzy.ts'
import { fuzzyTable } from './testing/fuzzy-table.ts'

describe('fuzzyMatch', () => {
  test.each(fuzzyTable)('ranks $query in $text as $rank', ({ query, text, rank, positions }) => {
    const match = fuzzyMatch(query, text)
    expect(match?.rank ?? null).toBe(rank)
    if (positions) expect(match?.positions).toEqual(positions)
  })

  test('takes linear time for a long query in a long text', () => {
    expect(fuzzyMatch('a'.repeat(20_000), `${'a'.repeat(10_000)}-${'b'.repeat(50_000)}`)).toBeNull()
  })
})

test('foldName folds each character independently', () => {
  expect(foldName('ReDiS-ÄΣ')).toBe('redis-äσ')
  expect(foldName('\ud800X')).toBe('\ud800x')
})
