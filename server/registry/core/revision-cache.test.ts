import { expect, test } from 'vitest'
import { RevisionCache } from './revision-cache.ts'

/** A value says of what state it is before the colon. */
function open(room: number) {
  const made: string[] = []
  const cache = new RevisionCache<string>({
    room,
    sizeOf: (value) => value.length,
    stateOf: (value) => value.slice(0, value.indexOf(':')),
  })
  const get = (name: string, state: string, rest = '') =>
    cache.get(name, state, async (previous) => {
      made.push(`${name} ${state} after ${previous ?? 'nothing'}`)
      return `${state}:${rest}`
    })
  return { made, cache, get }
}

test('a value is made once for each state, from the one before', async () => {
  const { made, get } = open(1000)
  for (const state of ['1', '1', '2', '2', '1']) expect(await get('a', state)).toBe(`${state}:`)
  expect(made).toEqual(['a 1 after nothing', 'a 2 after 1:', 'a 1 after 2:'])
})

test('who asks while it is made waits for the same one', async () => {
  const { made, get } = open(1000)
  expect(await Promise.all([get('a', '1'), get('a', '1'), get('a', '2'), get('b', '1')])).toHaveLength(4)
  expect(made).toEqual(['a 1 after nothing', 'a 2 after nothing', 'b 1 after nothing'])
})

test('the one that was not asked for for longest makes room', async () => {
  const { made, get } = open(30)
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name, '1', 'x'.repeat(8))
  expect(made.map((line) => line[0])).toEqual(['a', 'b', 'c'])
  await get('d', '1', 'x'.repeat(8))
  await get('a', '1')
  expect(made.map((line) => line[0])).toEqual(['a', 'b', 'c', 'd'])
  await get('c', '1')
  expect(made.map((line) => line[0])).toEqual(['a', 'b', 'c', 'd', 'c'])
})

test('what is larger than all the room is given and not kept, and pushes nothing out', async () => {
  const { made, get } = open(10)
  await get('small', '1')
  expect(await get('large', '1', 'x'.repeat(10))).toHaveLength(12)
  await get('large', '1', 'x'.repeat(10))
  await get('small', '1')
  expect(made).toEqual(['small 1 after nothing', 'large 1 after nothing', 'large 1 after nothing'])
})

test('what could not be made is tried again by who asks next', async () => {
  const { cache, get } = open(1000)
  const failing = () => cache.get('a', '1', () => Promise.reject(new Error('The database is gone.')))
  await expect(Promise.all([failing(), failing()])).rejects.toThrow('The database is gone.')
  expect(await get('a', '1')).toBe('1:')
})
