import type { Page } from '@playwright/test'

/** Lets the page compute at a twentieth of this machine's speed. */
export async function slowProcessor(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  const set = (rate: number) => devtools.send('Emulation.setCPUThrottlingRate', { rate })
  await set(20)
  return { atFullSpeed: () => set(1) }
}
