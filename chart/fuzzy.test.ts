import { describe, expect, test } from 'vitest'
import { foldName, fuzzyMatch } from './fuzzy.ts'
import { fuzzyTable } from './testing/fuzzy-table.ts'

describe('fuzzyMatch', () => {
  test.each(fuzzyTable)('$query in $text is $rank', ({ query, text, rank, positions }) => {
    const match = fuzzyMatch(query, text)
    expect(match?.rank ?? null).toBe(rank)
    if (positions) expect(match?.positions).toEqual(positions)
  })

  test('a long query in a long text takes no long time', () => {
    expect(fuzzyMatch('a'.repeat(20_000), `${'a'.repeat(10_000)}-${'b'.repeat(50_000)}`)).toBeNull()
  })
})

test('foldName folds each character by itself', () => {
  expect(foldName('ReDiS-ÄΣ')).toBe('redis-äσ')
  expect(foldName('\ud800X')).toBe('\ud800x')
})
