import type { Page } from '@playwright/test'
import { Random } from '../chart/testing/random.ts'

/** Returns bytes that do not compress, so that they take their time on a slow connection. */
export function noise(length: number): Uint8Array {
  return new Random(1).bytes(length)
}

/** Limits the page's uploads or downloads to `bytesPerSecond`. */
export function slowDown(page: Page, bytesPerSecond: number, way: 'up' | 'down' = 'up') {
  return limit(page, { [way === 'up' ? 'uploadThroughput' : 'downloadThroughput']: bytesPerSecond })
}

/** Delays the responses to the page by `milliseconds`. */
export function delayResponses(page: Page, milliseconds: number) {
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
