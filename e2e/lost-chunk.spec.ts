import { expect, type Page } from '@playwright/test'
import { test } from './test.ts'

test.beforeEach(({ signedIn: _ }) => {})

/** Answers 404 for every file of the console that the page does not have yet, until the returned function is called. */
async function loseChunks(page: Page): Promise<() => void> {
  let lost = true
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  await page.route('**/assets/**', (route) =>
    lost && !loaded.includes(route.request().url())
      ? route.fulfill({ status: 404, body: 'not found' })
      : route.continue(),
  )
  return () => {
    lost = false
  }
}

test('a page whose code is gone keeps the shell, reloads once, and can be tried again', async ({ page, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  await expect(page.getByRole('heading', { name: 'Namespaces', level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const bringBack = await loseChunks(page)
  let loads = 0
  page.on('load', () => loads++)
  await page.getByRole('link', { name: 'Robot accounts' }).click()
  await expect(page.getByText('This page could not be loaded')).toBeVisible()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect.poll(() => loads).toBe(1)
  await expect(page.getByText('This page could not be loaded')).toBeVisible()

  bringBack()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Robot accounts', level: 1 })).toBeVisible()
  expect(loads).toBe(2)
})

test('a dialog whose code is gone leaves the page as it is, and opens when it is back', async ({ page, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  const create = page.getByRole('button', { name: 'Create namespace' }).first()
  await expect(create).toBeVisible()
  await page.waitForLoadState('networkidle')
  const bringBack = await loseChunks(page)
  await create.click()
  await expect(page.getByText('This part of the page could not be loaded')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Namespaces', level: 1 })).toBeVisible()

  bringBack()
  await create.click()
  await expect(page.getByRole('dialog', { name: 'Create namespace' })).toBeVisible()
})

test('offline, a page whose code is missing stays in the shell and comes when the browser is back', async ({
  page,
  context,
  instance,
}) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  await expect(page.getByRole('heading', { name: 'Namespaces', level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Robot accounts' }).click()
  await expect(page.getByText('This page could not be loaded')).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('The registry is not responding')).toBeVisible()
  await expect(page.getByRole('navigation').first()).toBeVisible()

  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: 'Robot accounts', level: 1 })).toBeVisible()
})
