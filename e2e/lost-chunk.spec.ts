import { expect, type Page } from '@playwright/test'
import { test } from './test.ts'

test.beforeEach(({ signedIn: _ }) => {})

/** The chunk of messages and confirmations, loaded after the first paint. */
const MESSAGES = /\/assets\/FeedbackLayer-/

/** Responds 404 for files of the console that are not loaded yet, until the returned function is called. */
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

test('keeps the shell when a page’s chunk is missing, reloads once, and offers a retry', async ({ page, instance }) => {
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

test('keeps the page when a dialog’s chunk is missing, and opens the dialog once it is back', async ({
  page,
  instance,
}) => {
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
  // The preload and the import: there is no automatic retry.
  expect(asked.length).toBeLessThanOrEqual(2)
  await expect(page.getByRole('heading', { name: 'Namespaces', level: 1 })).toBeVisible()

  bringBack()
  await create.click()
  await expect(page.getByRole('dialog', { name: 'Create namespace' })).toBeVisible()
})

test('reports a missing chunk of a confirmation, and asks after a retry', async ({ page, signedIn, instance }) => {
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

test('keeps the shell offline when a page’s chunk is missing, and loads the page once online', async ({
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
