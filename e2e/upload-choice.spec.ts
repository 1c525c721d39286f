import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import { test } from './test.ts'
import { fileOf, openDialog, row } from './upload-dialog.ts'

test.beforeEach(async ({ signedIn, instance }) => signedIn.createNamespace(instance.id, 'team'))

test('chooses a namespace with the mouse in the list of all namespaces, after one hint that it is missing', async ({
  page,
  signedIn,
  instance,
}) => {
  await signedIn.createNamespace(instance.id, 'other')
  const charts = await Promise.all(['nginx', 'redis'].map((name) => makeChart({ name, version: '1.0.0' })))
  const dialog = await openDialog(page, instance.id, null)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), charts.map(fileOf))
  await expect(dialog.getByText('Choose a namespace above to see what these files would do.')).toHaveCount(1)
  await expect(dialog.getByRole('combobox', { name: /Namespace/ })).toHaveAttribute('aria-invalid', 'true')
  await expect(row(dialog, 'nginx 1.0.0')).not.toContainText('namespace')

  const field = await dialog.getByRole('combobox', { name: /Namespace/ }).boundingBox()
  if (!field) throw new Error('The field is not on screen.')
  await page.mouse.click(field.x + field.width / 2, field.y + field.height / 2)
  await dialog.getByTitle('other').click()
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('New')
  await dialog.getByRole('button', { name: 'Upload 2 charts' }).click()
  await expect(dialog.getByText('2 created', { exact: true })).toBeVisible()
  expect(await signedIn.charts(instance.id, 'other')).toEqual(['nginx', 'redis'])
})

test('takes a whole folder', async ({ page, instance }, info) => {
  const folder = info.outputPath('charts')
  await mkdir(join(folder, 'deeper'), { recursive: true })
  const [nginx, redis] = await Promise.all([
    makeChart({ name: 'nginx', version: '1.0.0' }),
    makeChart({ name: 'redis', version: '1.0.0' }),
  ])
  await writeFile(join(folder, nginx.fileName), nginx.bytes)
  await writeFile(join(folder, 'deeper', redis.fileName), redis.bytes)
  await writeFile(join(folder, 'deeper', 'notes.txt'), 'not a chart')

  const dialog = await openDialog(page, instance.id)
  await dialog.getByLabel('Folder with chart packages').setInputFiles(folder)
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('New')
  await expect(row(dialog, 'redis 1.0.0')).toContainText(`from charts/deeper/${redis.fileName}`)
  await expect(row(dialog, 'notes.txt')).toContainText('Not a chart package')
})

test('previews all files in one request, without errors in the browser console', async ({
  page,
  signedIn,
  instance,
}) => {
  const charts = await Promise.all(
    Array.from({ length: 25 }, (_, index) => makeChart({ name: `chart-${index}`, version: '1.0.0' })),
  )
  for (const chart of charts.slice(0, 2)) await signedIn.push(instance.id, 'team', chart)
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => /preview|download/.test(request.url()) && asked.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), charts.map(fileOf))
  await expect(dialog.getByRole('button', { name: 'Upload 23 charts' })).toBeEnabled()
  await expect(row(dialog, 'chart-0 1.0.0')).toContainText('Already there')
  expect(asked).toHaveLength(1)
  await dialog.getByRole('button', { name: 'Upload 23 charts' }).click()
  await expect(dialog.getByText('23 created', { exact: true })).toBeVisible()
  expect(complaints).toEqual([])
})

test('names the versions that “replace all” confirms', async ({ page, signedIn, instance }) => {
  const replacements = []
  for (const name of ['nginx', 'redis']) {
    await signedIn.push(instance.id, 'team', await makeChart({ name, version: '1.0.0' }))
    replacements.push(await makeChart({ name, version: '1.0.0', metadata: { description: 'after' } }))
  }
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), replacements.map(fileOf))
  const all = dialog.getByRole('checkbox', { name: 'Replace all 2' })
  await expect(all).toHaveAccessibleDescription('nginx 1.0.0, redis 1.0.0')
  await all.check()
  await expect(dialog.getByRole('checkbox', { name: 'Replace redis 1.0.0' })).toBeChecked()
})

test('keeps the page open when files are dropped outside a drop zone', async ({ page, instance }) => {
  await page.goto(`/instances/${instance.id}`)
  expect(await isKept(page.getByRole('heading', { name: 'Overview' }))).toEqual([true, true])

  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [
    fileOf(await makeChart({ name: 'nginx', version: '1.0.0' })),
  ])
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
  expect(await isKept(dialog.getByText('1 created', { exact: true }))).toEqual([true, true])
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
})

/** Whether the page prevents the browser from opening a file that is dragged over an element and dropped there. */
function isKept(over: Locator): Promise<boolean[]> {
  return over.evaluate((target) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['text'], 'notes.txt'))
    return ['dragover', 'drop'].map(
      (type) => !target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })),
    )
  })
}

test('warns only about a chart whose index entry will be cut', async ({ page, instance }) => {
  const description = 'x'.repeat(100_000)
  const [wordy, terse] = await Promise.all([
    makeChart({ name: 'wordy', version: '1.0.0', metadata: { description } }),
    makeChart({ name: 'terse', version: '1.0.0' }),
  ])
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [wordy, terse].map(fileOf))
  await expect(row(dialog, 'wordy 1.0.0')).toContainText('the index and lists will leave out part of it')
  await expect(row(dialog, 'terse 1.0.0')).toContainText('New')
  await expect(row(dialog, 'terse 1.0.0')).not.toContainText('index')
})
