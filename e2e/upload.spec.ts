import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { makeProvenance } from '../chart/testing/make-provenance.ts'
import { dropFiles } from './drop-files.ts'
import { ADMIN } from './server.ts'
import { noise, slowDown } from './slow-line.ts'
import { slowProcessor } from './slow-processor.ts'
import { test } from './test.ts'
import { fileOf, openDialog, row } from './upload-dialog.ts'

test.beforeEach(async ({ signedIn, instance }) => signedIn.createNamespace(instance.id, 'team'))

test('accepts a drop of charts, a provenance file and other files, and uploads the charts', async ({
  page,
  signedIn,
  instance,
}) => {
  const signed = await makeChart({ name: 'nginx', version: '1.2.3', metadata: { appVersion: '1.27' } })
  const plain = await makeChart({ name: 'redis', version: '0.1.0-rc.1' })
  const dialog = await openDialog(page, instance.id)
  await expect(dialog).toContainText('A chart with the same name and version as an existing one replaces it')
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [
    fileOf(plain),
    { name: `${signed.fileName}.prov`, bytes: makeProvenance(signed) },
    fileOf(signed),
    { name: 'notes.txt', bytes: 'not a chart' },
    { name: 'broken-1.0.0.tgz', bytes: 'not an archive either' },
  ])

  await expect(row(dialog, 'nginx 1.2.3')).toContainText('New')
  await expect(row(dialog, 'nginx 1.2.3')).toContainText('App version 1.27')
  await expect(row(dialog, 'nginx 1.2.3')).toContainText(`Provenance: ${signed.fileName}.prov`)
  await expect(row(dialog, 'redis 0.1.0-rc.1')).toContainText('New')
  await expect(row(dialog, 'notes.txt')).toContainText('Not a chart package')
  await expect(row(dialog, 'broken-1.0.0.tgz')).toContainText('Rejected')
  await expect(row(dialog, 'broken-1.0.0.tgz')).toContainText('gzip')

  await dialog.getByRole('button', { name: 'Upload 2 charts' }).click()
  await expect(dialog.getByText('2 of 2 finished')).toBeVisible()
  await expect(dialog.getByText('2 created', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('link', { name: 'nginx' })).toBeVisible()
  expect(await signedIn.digests(instance.id, 'team', 'nginx')).toEqual({ '1.2.3': signed.sha256 })
  expect(await signedIn.digests(instance.id, 'team', 'redis')).toEqual({ '0.1.0-rc.1': plain.sha256 })
})

test('accepts files dropped anywhere on the list', async ({ page, instance }) => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await dropFiles(page.getByText('No charts in team yet'), [fileOf(chart)])
  const dialog = page.getByRole('dialog', { name: 'Upload Helm charts' })
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('New')
})

test('shows which versions would be replaced, and uploads only those that are confirmed', async ({
  page,
  signedIn,
  instance,
}) => {
  const [oldNginx, oldRedis, same] = await Promise.all([
    makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'before' } }),
    makeChart({ name: 'redis', version: '1.0.0', metadata: { description: 'before' } }),
    makeChart({ name: 'kafka', version: '1.0.0' }),
  ])
  for (const chart of [oldNginx, oldRedis, same]) await signedIn.push(instance.id, 'team', chart)
  const newNginx = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'after' } })
  const newRedis = await makeChart({ name: 'redis', version: '1.0.0', metadata: { description: 'after' } })

  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [newNginx, newRedis, same].map(fileOf))
  await expect(row(dialog, 'kafka 1.0.0')).toContainText('Already there')
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('Replaces')
  await expect(row(dialog, 'nginx 1.0.0')).toContainText(oldNginx.sha256.slice(0, 12))
  await expect(dialog.getByRole('button', { name: 'Upload', exact: true })).toBeDisabled()

  await dialog.getByRole('checkbox', { name: 'Replace nginx 1.0.0' }).check()
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 replaced', { exact: true })).toBeVisible()
  expect(await signedIn.digests(instance.id, 'team', 'nginx')).toEqual({ '1.0.0': newNginx.sha256 })
  expect(await signedIn.digests(instance.id, 'team', 'redis')).toEqual({ '1.0.0': oldRedis.sha256 })
})

test('refuses a provenance file of another package with the reason', async ({ page, signedIn, instance }) => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  const other = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'other bytes' } })
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [
    fileOf(chart),
    { name: `${chart.fileName}.prov`, bytes: makeProvenance(other) },
  ])
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('Provenance does not match')
  await expect(dialog.getByRole('button', { name: 'Upload', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: `Skip ${chart.fileName}.prov` }).click()
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
  expect(await signedIn.digests(instance.id, 'team', 'nginx')).toEqual({ '1.0.0': chart.sha256 })
})

test('reports a version that was replaced meanwhile, and asks again', async ({ page, signedIn, instance }) => {
  const mine = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'mine' } })
  const theirs = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'theirs' } })
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [fileOf(mine)])
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('New')

  await signedIn.push(instance.id, 'team', theirs)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('Someone else pushed nginx 1.0.0 in the meantime')
  expect(await signedIn.digests(instance.id, 'team', 'nginx')).toEqual({ '1.0.0': theirs.sha256 })

  await expect(row(dialog, 'nginx 1.0.0')).toContainText(theirs.sha256.slice(0, 12))
  await dialog.getByRole('button', { name: 'Replace nginx 1.0.0' }).click()
  await expect(dialog.getByText('1 replaced', { exact: true })).toBeVisible()
  expect(await signedIn.digests(instance.id, 'team', 'nginx')).toEqual({ '1.0.0': mine.sha256 })
})

test('uploads three at a time, cancels one, and retries it', async ({ page, signedIn, instance }) => {
  const charts = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) =>
      makeChart({ name, version: '1.0.0', files: { 'files/noise.bin': noise(600_000) } }),
    ),
  )
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), charts.map(fileOf))
  const line = await slowDown(page, 10_000)
  await dialog.getByRole('button', { name: 'Upload 4 charts' }).click()
  await expect(dialog.getByRole('progressbar', { name: /^Progress of/ })).toHaveCount(3)
  await expect(row(dialog, 'd 1.0.0')).toContainText('Waiting')

  await dialog.getByRole('button', { name: 'Cancel a 1.0.0' }).click()
  await expect(row(dialog, 'a 1.0.0')).toContainText('Cancelled')
  await expect(dialog.getByRole('progressbar', { name: 'Progress of d 1.0.0' })).toBeVisible()

  await line.atFullSpeed()
  await expect(dialog.getByText('4 of 4 finished')).toBeVisible()
  expect(await signedIn.charts(instance.id, 'team')).toEqual(['b', 'c', 'd'])
  await dialog.getByRole('button', { name: 'Retry a 1.0.0' }).click()
  await expect(dialog.getByText('4 created', { exact: true })).toBeVisible()
  expect(await signedIn.charts(instance.id, 'team')).toEqual(['a', 'b', 'c', 'd'])
})

test('asks before leaving the page during uploads', async ({ page, instance }) => {
  const chart = await makeChart({ name: 'big', version: '1.0.0', files: { 'files/noise.bin': noise(900_000) } })
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [fileOf(chart)])
  await slowDown(page, 5000)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByRole('progressbar', { name: 'Progress of big 1.0.0' })).toBeVisible()

  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const question = page.getByRole('dialog', { name: 'Stop the uploads?' })
  await question.getByRole('button', { name: 'Keep uploading' }).click()
  await expect(question).toBeHidden()
  await expect(dialog.getByRole('progressbar', { name: 'Progress of big 1.0.0' })).toBeVisible()

  await page.goBack()
  await expect(question).toBeVisible()
  // Going back again before the console has rendered: it must ask again.
  const { atFullSpeed } = await slowProcessor(page)
  await question.getByRole('button', { name: 'Keep uploading' }).evaluate((button: HTMLElement) => {
    button.click()
    history.back()
  })
  await atFullSpeed()
  await question.getByRole('button', { name: 'Stop and leave' }).click()
  await expect(dialog).toBeHidden()
})

test('asks for the password when the session expires during uploads, and continues them', async ({
  page,
  signedIn,
  registry,
  instance,
}) => {
  const charts = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) =>
      makeChart({ name, version: '1.0.0', files: { 'files/noise.bin': noise(300_000) } }),
    ),
  )
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), charts.map(fileOf))
  const line = await slowDown(page, 10_000)
  await dialog.getByRole('button', { name: 'Upload 4 charts' }).click()
  await expect(dialog.getByRole('progressbar', { name: /^Progress of/ })).toHaveCount(3)
  await expect(row(dialog, 'd 1.0.0')).toContainText('Waiting')

  await signedIn.signOut()
  await line.atFullSpeed()
  const gate = page.getByRole('dialog', { name: 'Your session has ended' })
  await gate.getByLabel('Password').fill(ADMIN.password)
  await gate.getByRole('button', { name: 'Sign in and continue' }).click()
  await expect(dialog.getByText('4 created', { exact: true })).toBeVisible()
  expect(await registry.charts(instance.id, 'team')).toEqual(['a', 'b', 'c', 'd'])
})

test('reports a chart that exceeds the size limit', async ({ page, instance }) => {
  const chart = await makeChart({ name: 'huge', version: '1.0.0' })
  const bytes = new Uint8Array(21 * 1024 * 1024)
  bytes.set(chart.bytes)
  const dialog = await openDialog(page, instance.id)
  await dialog.getByLabel('Chart packages and provenance files').setInputFiles({
    name: chart.fileName,
    mimeType: 'application/gzip',
    buffer: Buffer.from(bytes),
  })
  await expect(row(dialog, 'huge-1.0.0.tgz')).toContainText('the limit of this registry is 20 MiB')
})
