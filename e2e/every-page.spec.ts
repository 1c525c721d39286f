import { expect, type Page } from '@playwright/test'
import { everyPage, fillInstance } from './pages.ts'
import { test } from './test.ts'
import { violations } from './violations.ts'

const DESKTOP = { width: 1280, height: 720 }
const TELEPHONE = { width: 390, height: 844 }

test.use({ viewport: DESKTOP, hasTouch: true, colorScheme: 'light' })

/** How much wider than the screen the page is, in pixels. */
const excess = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

test('axe, a telephone, the policy and the network find nothing wrong with any page or dialog', async ({
  page,
  signedIn,
  instance,
  server,
}) => {
  // Ends what hangs: dozens of pages take minutes where the machine is busy.
  test.setTimeout(3_600_000)
  await fillInstance(signedIn, instance.id)
  const foreign: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url())
  })
  page.on('console', (message) => {
    // A HEAD that answers 404 is how a new chart is known, and 412 a race that was lost; the browser reports both.
    if (message.type() === 'error' && !/\b(404|412)\b/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  for (const [name, open] of Object.entries(everyPage(instance.id))) {
    await test.step(name, async () => {
      await open(page)
      expect.soft(await violations(page), name).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('html[data-theme=dark]').waitFor()
      // The themes differ in their colours alone.
      expect.soft(await violations(page, ['color-contrast']), `${name}, dark`).toEqual([])
      await page.setViewportSize(TELEPHONE)
      await expect.soft.poll(() => excess(page), name).toBeLessThanOrEqual(0)
      await page.setViewportSize(DESKTOP)
      await page.emulateMedia({ colorScheme: 'light' })
    })
  }
  expect(foreign).toEqual([])
  expect(complaints).toEqual([])
})
