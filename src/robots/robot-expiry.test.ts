import { expect, it } from 'vitest'
import { expiryOf } from './robot-expiry.ts'

it.each([
  [-1, 'never'],
  [365, 'far'],
  [15, 'far'],
  [14, 'soon'],
  [4, 'soon'],
  [3, 'near'],
  [1, 'near'],
  [0, 'expired'],
] as const)('%j remaining days are %s', (duration, state) => {
  expect(expiryOf({ duration }).state).toBe(state)
})
