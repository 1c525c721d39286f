import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, type Locator } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFromDisk } from './drop-files.ts'
import { test } from './test.ts'
import { openDialog, row } from './upload-dialog.ts'

const chartYaml = (name: string, version = '0.1.0') => `apiVersion: v2\nname: ${name}\nversion: ${version}\n`
const MYCHART = {
  'mychart/Chart.yaml': chartYaml('mychart'),
  'mychart/values.yaml': 'replicas: 1\n',
  'mychart/templates/config-map.yaml': 'kind: ConfigMap\n',
  'mychart/.helmignore': '*.md\n',
  'mychart/README.md': 'Read me',
}

test.beforeEach(async ({ signedIn, instance }) => signedIn.createNamespace(instance.id, 'team'))

test('packages and uploads a chosen chart folder, and recognizes it the next time', async ({
  page,
  signedIn,
  instance,
}, info) => {
  await writeFiles(info.outputPath(), MYCHART)
  const dialog = await openDialog(page, instance.id)
  await chooseFolder(dialog, info.outputPath('mychart'))
  const mychart = row(dialog, 'mychart 0.1.0')
  await expect(mychart).toContainText('mychart is an unpacked chart: it is packed and uploaded as mychart-0.1.0.tgz.')
  await expect(mychart).toContainText('New')
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
  expect(await signedIn.charts(instance.id, 'team')).toEqual(['mychart'])

  await dialog.getByRole('button', { name: 'Upload more' }).click()
  await chooseFolder(dialog, info.outputPath('mychart'))
  await expect(row(dialog, 'mychart 0.1.0')).toContainText('Already there')

  await writeFiles(info.outputPath(), { 'mychart/values.yaml': 'replicas: 22\n' })
  await dialog.getByRole('button', { name: 'Remove mychart 0.1.0 from the list' }).click()
  await chooseFolder(dialog, info.outputPath('mychart'))
  await row(dialog, 'mychart 0.1.0').getByRole('checkbox', { name: 'Replace mychart 0.1.0' }).check()
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 replaced', { exact: true })).toBeVisible()
})

test('accepts chart folders, packages and other files in one drop', async ({ page, signedIn, instance }, info) => {
  const nginx = await makeChart({ name: 'nginx', version: '1.0.0' })
  await writeFiles(info.outputPath(), {
    ...MYCHART,
    'all/deep/redis/Chart.yaml': chartYaml('redis'),
    [`all/deep/redis/charts/${nginx.fileName}`]: nginx.bytes,
    'all/deep/redis/._Chart.yaml': 'x',
    'all/deep/broken/Chart.yaml': 'name: [',
    [`all/${nginx.fileName}`]: nginx.bytes,
    'all/.DS_Store': 'x',
    'all/Thumbs.db': 'x',
    'all/desktop.ini': 'x',
    'all/__MACOSX/deep/._redis': 'x',
    'all/notes.txt': 'x',
  })
  const dialog = await openDialog(page, instance.id)
  await dropFromDisk(dialog.getByText('Drop .tgz and .prov files here'), [
    info.outputPath('mychart'),
    info.outputPath('all'),
  ])
  await expect(row(dialog, 'mychart 0.1.0')).toContainText('New')
  await expect(row(dialog, 'redis 0.1.0')).toContainText('all/deep/redis is an unpacked chart')
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('New')
  await expect(row(dialog, 'broken')).toContainText('Chart.yaml is not valid YAML')
  await expect(dialog.getByRole('list', { name: '1 file will not be uploaded' })).toContainText('notes.txt')
  await expect(dialog.getByRole('listitem')).toHaveCount(5)
  await dialog.getByRole('button', { name: 'Upload 3 charts' }).click()
  await expect(dialog.getByText('3 created', { exact: true })).toBeVisible()
  expect(await signedIn.charts(instance.id, 'team')).toEqual(['mychart', 'nginx', 'redis'])
})

test('opens the dialog when a chart folder is dropped on the page', async ({ page, instance }, info) => {
  await writeFiles(info.outputPath(), MYCHART)
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await dropFromDisk(page.getByRole('heading', { name: 'Helm charts' }), [info.outputPath('mychart')])
  const dialog = page.getByRole('dialog', { name: 'Upload Helm charts' })
  await expect(row(dialog, 'mychart 0.1.0')).toContainText('New')
})

test('explains what to drop when Chart.yaml is dropped without its folder', async ({ page, instance }, info) => {
  await writeFiles(info.outputPath(), MYCHART)
  const dialog = await openDialog(page, instance.id)
  await dialog.getByLabel('Chart packages and provenance files').setInputFiles(info.outputPath('mychart/Chart.yaml'))
  await expect(row(dialog, 'Chart.yaml')).toContainText('Drop or choose the whole folder of the chart.')
})

function chooseFolder(dialog: Locator, folder: string): Promise<void> {
  return dialog.getByLabel('Folder with chart packages').setInputFiles(folder)
}

async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, body] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), body)
  }
}
