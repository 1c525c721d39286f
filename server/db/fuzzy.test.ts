import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldName, fuzzyMatch } from '../../chart/fuzzy.ts'
import { fuzzyTable } from '../../chart/testing/fuzzy-table.ts'
import { openTestRegistry, type TestRegistry } from '../testing/open-test-registry.ts'
import { fuzzySearch } from './fuzzy.ts'

let store: TestRegistry

beforeAll(async () => {
  store = await openTestRegistry()
})
afterAll(() => store.close())

test('matches and ranks the cases of the shared table', async () => {
  for (const { query, text, rank } of fuzzyTable) {
    expect(await rankInDatabase(query, text), `${query} in ${text}`).toBe(rank)
  }
})

test('agrees with fuzzyMatch on every pair of texts', async () => {
  const texts = [...new Set(fuzzyTable.flatMap(({ query, text }) => [query, text]))]
  for (const text of texts) {
    for (const query of texts) {
      expect(await rankInDatabase(query, text), `${query} in ${text}`).toBe(fuzzyMatch(query, text)?.rank ?? null)
    }
  }
})

test('terminates on a long query that nearly matches', async () => {
  expect(await rankInDatabase(`${'a'.repeat(3000)}b`, 'a'.repeat(5000))).toBeNull()
})

async function rankInDatabase(query: string, text: string): Promise<number | null> {
  const found = fuzzySearch('t.folded', query)
  if (!found) return 0
  const { rows } = await sql<{ rank: number }>`
    select ${found.rank} as rank from (select ${foldName(text)} as folded) as t where ${found.matches}
  `.execute(store.registry.database.read)
  return rows[0]?.rank ?? null
}
