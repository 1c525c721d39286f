import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import { delayResponses, noise, slowDown } from './slow-line.ts'
import { test } from './test.ts'
import { fileOf, openDialog, row } from './upload-dialog.ts'

test.beforeEach(async ({ signedIn, instance }) => signedIn.createNamespace(instance.id, 'team'))

test('shows one banner while offline, and resumes by itself when online', async ({
  page,
  context,
  signedIn,
  instance,
}) => {
  const charts = await Promise.all(
    Array.from({ length: 8 }, (_, index) => makeChart({ name: `chart-${index}`, version: '1.0.0' })),
  )
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), charts.map(fileOf))
  await expect(dialog.getByRole('button', { name: 'Upload 8 charts' })).toBeEnabled()
  await context.setOffline(true)
  await dialog.getByRole('button', { name: 'Upload 8 charts' }).click()
  await expect(dialog.getByText('Offline. 8 uploads waiting')).toBeVisible()
  await expect(dialog.getByText('Waiting', { exact: true })).toHaveCount(8)
  await expect(page.getByText('Could not refresh')).toHaveCount(0)

  await context.setOffline(false)
  await expect(dialog.getByText('8 created', { exact: true })).toBeVisible()
  await expect(dialog.getByText('Offline')).toHaveCount(0)
  expect(await signedIn.charts(instance.id, 'team')).toHaveLength(8)
})

test('reports only once that the lists behind a dialog could not be refreshed', async ({ page, instance }) => {
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await expect(page.getByText('No charts', { exact: false }).first()).toBeVisible()
  await page.route(/\/(v1|console)\//, (route) => route.abort())
  const refresh = page.getByRole('button', { name: 'Refresh' })
  for (let time = 0; time < 3; time++) await refresh.click()
  await expect(page.getByText('Could not refresh')).toHaveCount(1)
})

test('the browser asks before a tab with uploads is closed', async ({ page, instance }) => {
  const chart = await makeChart({ name: 'big', version: '1.0.0', files: { 'files/noise.bin': noise(900_000) } })
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [fileOf(chart)])
  await slowDown(page, 5000)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(row(dialog, 'big 1.0.0')).toContainText(/Starting|KiB/)

  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()
  await expect(dialog.getByRole('progressbar', { name: 'Progress of big 1.0.0' })).toBeVisible()
})

test('reports the true result of an upload cancelled after the registry received all of it', async ({
  page,
  signedIn,
  instance,
}) => {
  const chart = await makeChart({ name: 'late', version: '1.0.0' })
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [fileOf(chart)])
  await expect(row(dialog, 'late 1.0.0')).toContainText('New')
  const line = await delayResponses(page, 120_000)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect.poll(() => signedIn.charts(instance.id, 'team')).toEqual(['late'])
  await expect(row(dialog, 'late 1.0.0')).toContainText('Checking in the registry')
  await dialog.getByRole('button', { name: 'Cancel late 1.0.0' }).click()
  await line.atFullSpeed()
  await expect(row(dialog, 'late 1.0.0')).toContainText('Created: it was too late to cancel')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('link', { name: 'late' })).toBeVisible()
})
