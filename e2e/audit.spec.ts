import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('filters the audit log of an instance, keeps filters in the URL and exports the matches', async ({
  page,
  signedIn,
  instance,
}) => {
  const mine = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'mine' } })
  const theirs = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'theirs' } })
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', mine)
  await signedIn.push(instance.id, 'team', theirs)
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'redis', version: '2.0.0' }))

  await page.goto(`/instances/${instance.id}`)
  await page.getByRole('link', { name: 'Audit' }).click()
  const events = page.getByRole('table', { name: 'Events' })
  await expect(events.getByRole('row')).toHaveCount(6)
  await expect(events.getByRole('row', { name: 'Create instance' })).toContainText('admin')

  const filters = page.getByRole('form', { name: 'Filters' })
  await filters.getByLabel('Action').selectOption('Upload chart')
  await filters.getByLabel('Chart').fill('nginx')
  await filters.getByRole('button', { name: 'Apply' }).click()
  await expect(events.getByRole('row')).toHaveCount(3)
  await expect(page).toHaveURL(/action=chart\.publish/)
  const replaced = events.getByRole('row').nth(1)
  await expect(replaced).toContainText('team / nginx 1.0.0')
  for (const chart of [mine, theirs]) await expect(replaced).toContainText(sha256(chart.bytes).slice(0, 12))

  await page.reload()
  await expect(events.getByRole('row')).toHaveCount(3)
  await expect(filters.getByLabel('Chart')).toHaveValue('nginx')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^chartroom-audit-\d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toContain(`sha256:${sha256(mine.bytes)}`)

  await filters.getByLabel('From').fill('2001-01-01 00:00')
  await filters.getByLabel('Until').fill('2002-01-01 00:00')
  await filters.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('No events match')).toBeVisible()
  await page.goBack()
  await expect(events.getByRole('row')).toHaveCount(3)
  await filters.getByRole('button', { name: 'Clear filters' }).click()
  await expect(events.getByRole('row')).toHaveCount(6)
})

test('pages to older and newer events', async ({ page, signedIn, instance }) => {
  for (const name of ['a', 'b', 'c']) await signedIn.createNamespace(instance.id, name)
  await page.goto(`/instances/${instance.id}/audit?action=namespace.create&pageSize=2`)
  const events = page.getByRole('table', { name: 'Events' })
  const pages = page.getByRole('navigation', { name: 'Pages' })
  await expect(events.getByRole('row').nth(1)).toContainText('c')
  await expect(pages.getByRole('button', { name: 'Newer' })).toBeDisabled()
  await pages.getByRole('button', { name: 'Older' }).click()
  await expect(events.getByRole('row')).toHaveCount(2)
  await page.reload()
  await expect(events.getByRole('row')).toHaveCount(2)
  await pages.getByRole('button', { name: 'Newer' }).click()
  await expect(events.getByRole('row')).toHaveCount(3)
  await pages.getByRole('button', { name: 'Older' }).click()
  await expect(events.getByRole('row')).toHaveCount(2)
  await pages.getByRole('button', { name: 'Newest' }).click()
  await expect(events.getByRole('row')).toHaveCount(3)
  expect(new URL(page.url()).searchParams.has('before')).toBe(false)
})

test('shows the audit log of the registry and of instances only to administrators', async ({
  page,
  browser,
  server,
  signedIn,
  instance,
}) => {
  const { account, password } = await signedIn.createMember(`guest of ${instance.name}`)
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  await signedIn.giveRole(instance.id, account, 'guest')
  await page.goto('/instances')
  await page.getByRole('button', { name: /^Account admin/ }).click()
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('form', { name: 'Filters' }).getByLabel('Action').selectOption('Create account')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('table', { name: 'Events' })).toContainText(account)

  const context = await browser.newContext({ baseURL: server.url })
  const guest = await context.newPage()
  await guest.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/activity`)
  await guest.getByLabel('Account').fill(account)
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Sign in' }).click()
  const activity = guest.getByRole('table', { name: 'Activity of nginx' })
  await expect(activity.getByRole('row').nth(1)).toContainText('Upload chart')
  await expect(activity).toContainText('admin')
  await expect(activity).not.toContainText('127.0.0.1')
  await expect(guest.getByRole('link', { name: 'Audit' })).toHaveCount(0)
  await guest.getByRole('button', { name: /^Account guest/ }).click()
  await expect(guest.getByRole('link', { name: 'My account' })).toBeVisible()
  await expect(guest.getByRole('link', { name: 'Audit' })).toHaveCount(0)
  await context.close()
})

test('shows the activity of a chart on its page', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  for (const name of ['nginx', 'redis']) {
    await signedIn.push(instance.id, 'team', await makeChart({ name, version: '1.0.0' }))
  }
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/versions`)
  await page.getByRole('link', { name: 'Activity' }).click()
  const activity = page.getByRole('table', { name: 'Activity of nginx' })
  await expect(activity.getByRole('row')).toHaveCount(2)
  await expect(activity).toContainText('1.0.0')
  await expect(activity).toContainText('127.0.0.1')
})
