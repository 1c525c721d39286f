import { expect } from '@playwright/test'
import { fillInstance } from './fill-instance.ts'
import { PAGES } from './pages.ts'
import { test } from './test.ts'
import { violations } from './violations.ts'

const DESKTOP = { width: 1280, height: 720 }

test.use({ viewport: DESKTOP, hasTouch: true, colorScheme: 'light' })

for (const [subject, pagesOf] of Object.entries(PAGES)) {
  test(`pages and dialogs of ${subject} pass axe, without CSP violations or failed requests`, async ({
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
      // A HEAD with 404 identifies a new chart, and 412 is a lost race; the browser reports both as errors.
      if (message.type() === 'error' && !/\b(404|412)\b/.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    for (const [name, open] of Object.entries(pagesOf(instance.id))) {
      await test.step(name, async () => {
        await open(page)
        expect.soft(await violations(page), name).toEqual([])
        await page.emulateMedia({ colorScheme: 'dark' })
        await page.locator('html[data-theme=dark]').waitFor()
        // The themes differ only in colours.
        expect.soft(await violations(page, ['color-contrast']), `${name}, dark`).toEqual([])
        await page.emulateMedia({ colorScheme: 'light' })
      })
    }
    expect(foreign).toEqual([])
    expect(complaints).toEqual([])
  })
}
