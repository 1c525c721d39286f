import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeChart } from './make-chart.ts'

test('makes the same bytes from the same options', async () => {
  const options = {
    name: 'redis',
    version: '1.0.0',
    files: { 'README.md': 'Hello', 'data.bin': new Uint8Array([0, 1]) },
  }
  const [first, second] = [await makeChart(options), await makeChart(options)]
  expect(first).toEqual(second)
  expect(first.fileName).toBe('redis-1.0.0.tgz')
  expect(first.sha256).toBe(createHash('sha256').update(first.bytes).digest('hex'))
})
