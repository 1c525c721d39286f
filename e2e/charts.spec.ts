import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import type { RegistryClient } from './registry-client.ts'
import { test } from './test.ts'

async function pushNames(registry: RegistryClient, instanceId: string, namespace: string, names: string[]) {
  await registry.createNamespace(instanceId, namespace)
  for (const name of names) await registry.push(instanceId, namespace, await makeChart({ name, version: '1.0.0' }))
}

/** Chart names in the list, from top to bottom. */
function names(page: Page) {
  return page.getByRole('table').getByRole('row').getByRole('link', { name: /./ }).filter({ hasNotText: /^team/ })
}

const NUMBERED = Array.from({ length: 12 }, (_, index) => `chart-${String(index + 1).padStart(2, '0')}`)

test('finds charts by a few letters in order, best match first, and highlights the letters', async ({
  page,
  signedIn,
  instance,
}) => {
  await pushNames(signedIn, instance.id, 'team', [
    'nginx',
    'ingress-nginx',
    'nginx-exporter',
    'nano-grid-inspector-x',
    'redis',
  ])
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await expect(names(page)).toHaveCount(5)

  await page.getByRole('searchbox', { name: 'Search charts by name' }).fill('NGINX')
  await expect(names(page)).toHaveText(['nginx', 'nginx-exporter', 'ingress-nginx', 'nano-grid-inspector-x'])
  await expect(page).toHaveURL(/q=NGINX/)
  await expect(page.getByRole('link', { name: 'ingress-nginx' }).locator('mark')).toHaveText('nginx')

  await page.reload()
  await expect(names(page)).toHaveCount(4)
  await page.getByRole('searchbox').fill('zzz')
  await expect(page.getByText('No charts match “zzz”')).toBeVisible()
  await page.getByRole('button', { name: 'Clear search' }).last().click()
  await expect(names(page)).toHaveCount(5)
})

test('does not search for text that a Chinese input method is still composing', async ({
  page,
  signedIn,
  instance,
}) => {
  await pushNames(signedIn, instance.id, 'team', ['数据库', 'shujuku', 'redis'])
  const asked: string[] = []
  page.on('request', (request) => {
    const wanted = new URL(request.url()).searchParams.get('chartName')
    if (wanted) asked.push(wanted)
  })
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await expect(names(page)).toHaveCount(3)

  const search = page.getByRole('searchbox', { name: 'Search charts by name' })
  await search.focus()
  const ime = await page.context().newCDPSession(page)
  for (const text of ['s', 'sh', 'shu', 'shu ju']) {
    await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  await expect(search).toHaveValue('shu ju')
  await ime.send('Input.insertText', { text: '数据' })
  await expect(names(page)).toHaveText(['数据库'])
  expect(asked).toEqual(['数据'])
})

test('keeps page, page size, sort and search in the URL, so that reload, back and a shared link show the same list', async ({
  page,
  signedIn,
  instance,
  context,
}) => {
  await pushNames(signedIn, instance.id, 'team', NUMBERED)
  await page.goto(`/instances/${instance.id}/charts?namespace=team&size=10`)
  await expect(names(page)).toHaveText(NUMBERED.slice(0, 10))

  await page.getByRole('listitem', { name: '2', exact: true }).click()
  await expect(names(page)).toHaveText(NUMBERED.slice(10))
  await page.reload()
  await expect(names(page)).toHaveText(NUMBERED.slice(10))

  await page.goBack()
  await expect(names(page)).toHaveText(NUMBERED.slice(0, 10))

  await page.getByRole('columnheader', { name: 'Name' }).click()
  await page.getByRole('columnheader', { name: 'Name' }).click()
  await expect(names(page)).toHaveText([...NUMBERED].reverse().slice(0, 10))
  const colleague = await context.newPage()
  await colleague.goto(page.url())
  await expect(names(colleague)).toHaveText([...NUMBERED].reverse().slice(0, 10))
})

test('lists all namespaces together and deletes across them in one request', async ({ page, signedIn, instance }) => {
  await pushNames(signedIn, instance.id, 'team-a', ['nginx', 'redis'])
  await pushNames(signedIn, instance.id, 'team-b', ['nginx', 'kafka'])
  await page.goto(`/instances/${instance.id}/charts`)
  await expect(names(page)).toHaveText(['kafka', 'nginx', 'nginx', 'redis'])

  const deletions: string[] = []
  page.on('request', (request) => request.method() === 'DELETE' && deletions.push(request.url()))
  await page.getByRole('checkbox', { name: 'Select kafka' }).check()
  await page.getByRole('checkbox', { name: 'Select nginx' }).first().check()
  await page.getByRole('region', { name: '2 selected' }).getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete 2 charts?' })
  await expect(dialog.getByRole('listitem')).toHaveText(['team-b / kafka', 'team-a / nginx'])
  await expect(dialog.getByRole('button', { name: 'Delete 2' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Type “kafka” to confirm' }).fill('kafka')
  await dialog.getByRole('button', { name: 'Delete 2' }).click()
  await expect(names(page)).toHaveText(['nginx', 'redis'])
  expect(deletions).toHaveLength(1)
  expect(await signedIn.charts(instance.id, 'team-b')).toEqual(['nginx'])
})

test('asks before a batch deletion with the focus on Cancel, and deletes nothing when cancelled', async ({
  page,
  signedIn,
  instance,
}) => {
  await pushNames(signedIn, instance.id, 'team', ['kafka', 'nginx', 'redis'])
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await page.getByRole('region', { name: '3 selected' }).getByRole('button', { name: 'Delete' }).click()

  const dialog = page.getByRole('dialog', { name: 'Delete 3 charts?' })
  await expect(dialog.getByRole('listitem')).toHaveText(['kafka', 'nginx', 'redis'])
  await expect(dialog).toContainText('permanent')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  expect(await signedIn.charts(instance.id, 'team')).toEqual(['kafka', 'nginx', 'redis'])

  await page.getByRole('region', { name: '3 selected' }).getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('textbox', { name: 'Type “kafka” to confirm' }).fill('kafka')
  await dialog.getByRole('button', { name: 'Delete 3' }).click()
  await expect(page.getByText('No charts in team yet')).toBeVisible()
  expect(await signedIn.charts(instance.id, 'team')).toEqual([])
})

test('goes back a page when the last row of the last page is deleted', async ({ page, signedIn, instance }) => {
  await pushNames(signedIn, instance.id, 'team', NUMBERED.slice(0, 11))
  await page.goto(`/instances/${instance.id}/charts?namespace=team&page=2&size=10`)
  await expect(names(page)).toHaveText(['chart-11'])
  await page.getByRole('button', { name: 'Delete chart-11' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(names(page)).toHaveText(NUMBERED.slice(0, 10))
  await expect(page).not.toHaveURL(/page=2/)
})

test('shows a chart pushed by another client after a refresh, and keeps the list when a refresh fails', async ({
  page,
  signedIn,
  instance,
  context,
}) => {
  await pushNames(signedIn, instance.id, 'team', ['nginx'])
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await expect(names(page)).toHaveText(['nginx'])
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'redis', version: '1.0.0' }))
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(names(page)).toHaveText(['nginx', 'redis'])

  await context.setOffline(true)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByText('Could not refresh.')).toBeVisible()
  await expect(names(page)).toHaveText(['nginx', 'redis'])
})

test('marks a deprecated chart, and explains how to start in an empty instance', async ({
  page,
  signedIn,
  instance,
}) => {
  await page.goto(`/instances/${instance.id}/charts`)
  await expect(page.getByText('No namespaces in this instance yet')).toBeVisible()
  await page.getByRole('button', { name: 'Go to namespaces' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Namespaces' })).toBeVisible()

  await signedIn.createNamespace(instance.id, 'team')
  await page.goto(`/instances/${instance.id}/charts`)
  await expect(page.getByText('No charts in this instance yet')).toBeVisible()

  await signedIn.push(
    instance.id,
    'team',
    await makeChart({ name: 'old', version: '1.0.0', metadata: { deprecated: true } }),
  )
  await page.reload()
  await expect(page.getByRole('row', { name: /old/ })).toContainText('Deprecated')
})

test('says that a namespace does not exist, and links to the charts of all namespaces', async ({
  page,
  signedIn,
  instance,
}) => {
  await pushNames(signedIn, instance.id, 'team', ['nginx'])
  await page.goto(`/instances/${instance.id}/charts?namespace=nope`)
  await expect(page.getByText('Namespace nope was not found in this instance')).toBeVisible()
  await page.getByRole('button', { name: 'All namespaces' }).click()
  await expect(names(page)).toHaveText(['nginx'])
})

test('shows a letter in place of an icon that cannot be decoded', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  const metadata = { icon: 'data:image/png;base64,bm8gcGljdHVyZQ==' }
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0', metadata }))
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  const row = page.getByRole('row', { name: /nginx/ })
  await expect(row.getByText('N', { exact: true })).toBeVisible()
  await expect(row.locator('img')).toHaveCount(0)
})
