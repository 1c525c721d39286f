import type { Page } from '@playwright/test'

/** Bytes that do not compress, so that a slow line takes its time over them. */
export function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let index = 0, state = 1; index < length; index += 1) {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    bytes[index] = mixed ^ (mixed >>> 14)
  }
  return bytes
}

/** Lets the page send, or get, `bytesPerSecond` and no more. */
export function slowDown(page: Page, bytesPerSecond: number, way: 'up' | 'down' = 'up') {
  return limit(page, { [way === 'up' ? 'uploadThroughput' : 'downloadThroughput']: bytesPerSecond })
}

/** Lets what the page asks for go out at once, and the answers come after `milliseconds`. */
export function delayAnswers(page: Page, milliseconds: number) {
  return limit(page, { latency: milliseconds })
}

async function limit(page: Page, limits: { uploadThroughput?: number; downloadThroughput?: number; latency?: number }) {
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  const set = (conditions: typeof limits) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
      ...conditions,
    })
  await set(limits)
  return { atFullSpeed: () => set({}) }
}
