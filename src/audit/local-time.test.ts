import { expect, test } from 'vitest'
import { fromLocalTime, toLocalTime } from './local-time.ts'

test('a moment goes into the field and comes back, to the minute', () => {
  expect(toLocalTime(fromLocalTime('2026-03-09T07:05'))).toBe('2026-03-09T07:05')
  expect(fromLocalTime(toLocalTime('2026-11-20T10:11:59.000Z'))).toBe('2026-11-20T10:11:00.000Z')
})

test('what is none is empty', () => {
  expect([toLocalTime(undefined), toLocalTime('')]).toEqual(['', ''])
  expect([fromLocalTime(''), fromLocalTime('soon')]).toEqual([undefined, undefined])
})
