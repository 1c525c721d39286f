import { expect } from '@playwright/test'
import { fillInstance } from './fill-instance.ts'
import { PAGES } from './pages.ts'
import { test } from './test.ts'
import { violations } from './violations.ts'

const DESKTOP = { width: 1280, height: 720 }

test.use({ viewport: DESKTOP, hasTouch: true, colorScheme: 'light' })

for (const [subject, pagesOf] of Object.entries(PAGES)) {
  test(`axe, the policy and the network find nothing wrong with pages and dialogs of ${subject}`, async ({
    page,
    signedIn,
    instance,
    server,
  }) => {
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
    for (const [name, open] of Object.entries(pagesOf(instance.id))) {
      await test.step(name, async () => {
        await open(page)
        expect.soft(await violations(page), name).toEqual([])
        await page.emulateMedia({ colorScheme: 'dark' })
        await page.locator('html[data-theme=dark]').waitFor()
        // The themes differ in their colours alone.
        expect.soft(await violations(page, ['color-contrast']), `${name}, dark`).toEqual([])
        await page.emulateMedia({ colorScheme: 'light' })
      })
    }
    expect(foreign).toEqual([])
    expect(complaints).toEqual([])
  })
}
