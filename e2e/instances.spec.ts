import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { delayResponses } from './slow-line.ts'
import { test } from './test.ts'

test('creates, finds, renames and tags an instance', async ({ page, signedIn: _ }) => {
  await page.goto('/instances')
  await page.getByRole('button', { name: 'Create instance' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create instance' })
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog.getByText('Required.')).toBeVisible()
  await dialog.getByLabel('Instance name').fill('Blue harbour')
  await dialog.getByRole('radio', { name: /Standard/ }).check()
  await dialog.getByRole('button', { name: 'Add tag' }).click()
  await dialog.getByLabel('Key of tag 1').fill('环境')
  await dialog.getByLabel('Value of tag 1').fill('prod')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog).toBeHidden()

  await page.getByRole('searchbox', { name: 'Search by name or ID' }).fill('blhar')
  const row = page.getByRole('row', { name: /Blue harbour/ })
  await expect(row).toContainText('Standard')
  await expect(row).toContainText('Running')
  await expect(row).toContainText('环境: prod')
  await expect(page).toHaveURL(/q=blhar/)
  await expect(page.getByRole('link', { name: 'default', exact: true })).toHaveCount(0)

  await page.getByRole('button', { name: 'Rename Blue harbour' }).click()
  await page.getByRole('dialog').getByLabel('Instance name').fill('Blue harbor')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('link', { name: 'Blue harbor', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Edit tags of Blue harbor' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove tag 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('row', { name: /Blue harbor/ })).not.toContainText('环境')
})

test('finds an instance by its ID and copies its URL', async ({ page, context, signedIn: _, instance, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/instances')
  await page.getByRole('searchbox', { name: 'Search by name or ID' }).fill(instance.id)
  await page.getByRole('button', { name: `Copy the address of ${instance.name}` }).click()
  await expect(page.getByText('Copied').first()).toBeAttached()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toBe(`${new URL(server.url).host}/${instance.id}`)
})

test('shows usage against the quota, and switches to another instance on the same page', async ({
  page,
  signedIn,
  instance,
}) => {
  const other = await signedIn.createInstance(`other than ${instance.name}`)
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  await page.goto('/instances')
  await page.getByRole('searchbox').fill(instance.id)
  await page.getByRole('link', { name: instance.name, exact: true }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(main).toContainText(/Namespaces\s*1\s*\/ 2,000/)
  await expect(main).toContainText(/Charts\s*1\s*\/ 50,000/)
  await expect(main).toContainText(instance.id)

  await page.getByRole('link', { name: 'Namespaces', exact: true }).click()
  await expect(page.getByRole('link', { name: 'team', exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Switch instance/ }).click()
  const switcher = page.getByRole('dialog', { name: /^Switch instance/ })
  await switcher.getByRole('searchbox').fill(other)
  await switcher.getByText(`other than ${instance.name}`).click()
  await expect(page).toHaveURL(`/instances/${other}/namespaces`)
  await expect(page.getByText('No namespaces in this instance yet')).toBeVisible()
})

test('a debounced search does not navigate back after an instance was chosen', async ({ page, signedIn: _ }) => {
  await page.goto('/instances')
  const link = page.getByRole('link', { name: 'default', exact: true })
  await expect(link).toBeVisible()
  // Loading the code of the page takes longer than the debounce of the search field.
  await delayResponses(page, 700)
  await page.getByRole('searchbox').fill('def')
  await link.click()
  await expect(page.getByRole('main').getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('says that an instance does not exist', async ({ page, signedIn: _ }) => {
  await page.goto('/instances/ccr-00000000/charts')
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
})
