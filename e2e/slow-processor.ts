import type { Page } from '@playwright/test'

/** Slows down the page's CPU by a factor of 20. */
export async function slowProcessor(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  const set = (rate: number) => devtools.send('Emulation.setCPUThrottlingRate', { rate })
  await set(20)
  return { atFullSpeed: () => set(1) }
}
