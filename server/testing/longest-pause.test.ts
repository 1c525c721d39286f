import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { watchEventLoop } from './longest-pause.ts'

test('detects a long turn among short ones', async () => {
  const { longestPause, result } = await watchEventLoop(async () => {
    await setImmediate()
    burn(300)
    await setImmediate()
    return 'done'
  })
  expect(result).toBe('done')
  expect(longestPause).toBeGreaterThan(200)
})

test('awaiting settled promises does not end a turn', async () => {
  const { longestPause } = await watchEventLoop(async () => {
    for (let step = 0; step < 30; step++) {
      burn(10)
      await Promise.resolve()
    }
  })
  expect(longestPause).toBeGreaterThan(200)
})

test('the same work in many turns is not a long pause', async () => {
  const { longestPause } = await watchEventLoop(async () => {
    for (let step = 0; step < 30; step++) {
      burn(10)
      await setImmediate()
    }
  })
  expect(longestPause).toBeLessThan(100)
})

/** Uses `milliseconds` of CPU time. */
function burn(milliseconds: number): void {
  const before = process.threadCpuUsage()
  for (;;) {
    const { user, system } = process.threadCpuUsage(before)
    if (user + system >= milliseconds * 1000) return
  }
}
