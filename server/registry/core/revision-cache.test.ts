import { expect, test } from 'vitest'
import { RevisionCache } from './revision-cache.ts'

/** Opens a cache of strings that begin with their revision and a colon, and records each computation. */
function open(maxBytes: number) {
  const computed: string[] = []
  const cache = new RevisionCache<string>({
    maxBytes,
    sizeOf: (value) => value.length,
    revisionOf: (value) => value.slice(0, value.indexOf(':')),
  })
  const get = (name: string, revision: string, rest = '') =>
    cache.get(name, revision, async (previous) => {
      computed.push(`${name} ${revision} after ${previous ?? 'nothing'}`)
      return `${revision}:${rest}`
    })
  return { computed, cache, get }
}

test('computes a value once per revision and passes the previous value', async () => {
  const { computed, get } = open(1000)
  for (const revision of ['1', '1', '2', '2', '1']) expect(await get('a', revision)).toBe(`${revision}:`)
  expect(computed).toEqual(['a 1 after nothing', 'a 2 after 1:', 'a 1 after 2:'])
})

test('concurrent requests for the same value share one computation', async () => {
  const { computed, get } = open(1000)
  expect(await Promise.all([get('a', '1'), get('a', '1'), get('a', '2'), get('b', '1')])).toHaveLength(4)
  expect(computed).toEqual(['a 1 after nothing', 'a 2 after nothing', 'b 1 after nothing'])
})

test('evicts the least recently used entry', async () => {
  const { computed, get } = open(30)
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name, '1', 'x'.repeat(8))
  expect(computed.map((line) => line[0])).toEqual(['a', 'b', 'c'])
  await get('d', '1', 'x'.repeat(8))
  await get('a', '1')
  expect(computed.map((line) => line[0])).toEqual(['a', 'b', 'c', 'd'])
  await get('c', '1')
  expect(computed.map((line) => line[0])).toEqual(['a', 'b', 'c', 'd', 'c'])
})

test('returns a value larger than the limit without caching it or evicting others', async () => {
  const { computed, get } = open(10)
  await get('small', '1')
  expect(await get('large', '1', 'x'.repeat(10))).toHaveLength(12)
  await get('large', '1', 'x'.repeat(10))
  await get('small', '1')
  expect(computed).toEqual(['small 1 after nothing', 'large 1 after nothing', 'large 1 after nothing'])
})

test('does not cache a failed computation', async () => {
  const { cache, get } = open(1000)
  const failing = () => cache.get('a', '1', () => Promise.reject(new Error('The database is gone.')))
  await expect(Promise.all([failing(), failing()])).rejects.toThrow('The database is gone.')
  expect(await get('a', '1')).toBe('1:')
})
