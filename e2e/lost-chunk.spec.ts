import { expect, type Page } from '@playwright/test'
import { test } from './test.ts'

test.beforeEach(({ signedIn: _ }) => {})

/** The code that draws messages and questions over the page; it is loaded once the first page stands. */
const MESSAGES = /\/assets\/FeedbackLayer-/

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
  const messages = page.waitForResponse(MESSAGES)
  await page.goto(`/instances/${instance.id}/namespaces`)
  const create = page.getByRole('button', { name: 'Create namespace' }).first()
  await expect(create).toBeVisible()
  await messages
  await page.waitForLoadState('networkidle')
  const bringBack = await loseChunks(page)
  const asked: string[] = []
  page.on('request', (request) => request.url().includes('/CreateNamespaceDialog-') && asked.push(request.url()))
  await create.click()
  await expect(page.getByText('This part of the page could not be loaded')).toBeVisible()
  // A preload for the import, and the import itself: the load is not repeated by itself.
  expect(asked.length).toBeLessThanOrEqual(2)
  await expect(page.getByRole('heading', { name: 'Namespaces', level: 1 })).toBeVisible()

  bringBack()
  await create.click()
  await expect(page.getByRole('dialog', { name: 'Create namespace' })).toBeVisible()
})

test('a question whose code is gone is announced as such, and asked after a retry', async ({
  page,
  signedIn,
  instance,
}) => {
  await signedIn.createNamespace(instance.id, 'team')
  await page.route(MESSAGES, (route) => route.fulfill({ status: 404, body: 'not found' }))
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('button', { name: 'Delete team' }).click()
  const failure = page.getByRole('alert').filter({ hasText: 'This part of the page could not be loaded' })
  await failure.getByRole('button', { name: 'Try again' }).click()
  await expect(failure).toBeVisible()

  await page.unroute(MESSAGES)
  await failure.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('dialog', { name: 'Delete this namespace?' })).toBeVisible()
  await expect(page.getByText('This part of the page could not be loaded')).toHaveCount(0)
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
