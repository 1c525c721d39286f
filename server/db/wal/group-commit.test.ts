import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'

/** Simulates a disk: after a flush it contains the texts that were written before the flush began. */
function medium() {
  const written: string[] = []
  const flushes: { end: () => void; fail: (error: Error) => void }[] = []
  let kept: readonly string[] = []
  const flush = groupCommit(async () => {
    const seen = [...written]
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    flushes.push({ end: resolve, fail: reject })
    await promise
    kept = seen
  })
  const write = async (text: string) => {
    written.push(text)
    await flush()
    return [...kept]
  }
  return { write, flushes }
}

const turn = () => new Promise(setImmediate)

test('writes during a flush wait for the next one and share it', async () => {
  const { write, flushes } = medium()
  const first = write('a')
  await turn()
  const others = [write('b'), write('c')]
  await turn()
  expect(flushes).toHaveLength(1)
  flushes[0]?.end()
  expect(await first).toEqual(['a'])
  await turn()
  expect(flushes).toHaveLength(2)
  flushes[1]?.end()
  expect(await Promise.all(others)).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ])
})

test('rejects every write after a failed flush', async () => {
  const { write, flushes } = medium()
  const first = write('a')
  await turn()
  const second = write('b')
  flushes[0]?.fail(new Error('The medium is gone.'))
  await expect(first).rejects.toThrow('The medium is gone.')
  await expect(second).rejects.toThrow('The medium is gone.')
  await expect(write('c')).rejects.toThrow('The medium is gone.')
  expect(flushes).toHaveLength(1)
})
