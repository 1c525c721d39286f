import { expect } from '@playwright/test'
import { everyPage, fillInstance } from './pages.ts'
import { test } from './test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('nothing is wider than a telephone, on any page or dialog', async ({ page, signedIn, instance }) => {
  test.setTimeout(180_000)
  await fillInstance(signedIn, instance.id)
  for (const [name, open] of Object.entries(everyPage(instance.id))) {
    await test.step(name, async () => {
      await open(page)
      const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
      expect(content, name).toBeLessThanOrEqual(screen ?? 0)
    })
  }
})

test('the navigation is behind a button, and leads on', async ({ page, signedIn, instance }) => {
  await fillInstance(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}`)
  await expect(page.getByRole('link', { name: 'Helm Chart' })).toBeHidden()
  await page.getByRole('button', { name: 'Open the navigation' }).click()
  await page.getByRole('link', { name: 'Helm Chart' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Helm Chart' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Namespaces' })).toBeHidden()
  await page.getByRole('link', { name: 'nginx' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'nginx' })).toBeVisible()
})
