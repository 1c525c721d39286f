import { expect, it } from 'vitest'
import { usageOf } from './usage.ts'

it.each([
  [0, 100, 0, 'normal'],
  [1, 50_000, 1, 'normal'],
  [90, 100, 90, 'normal'],
  [91, 100, 91, 'high'],
  [999, 1000, 99, 'high'],
  [1000, 1000, 100, 'full'],
  [1200, 1000, 100, 'full'],
] as const)('rates %d of %d', (used, quota, percent, level) => {
  expect(usageOf(used, quota)).toEqual({ percent, level })
})
