import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { digestOf } from './registry-client.ts'
import { test } from './test.ts'

test('lists, searches and batch-deletes artifacts that are not charts', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  await page.goto(`/instances/${instance.id}`)
  await page.getByRole('link', { name: 'Artifacts' }).click()
  await expect(page).toHaveURL(`/instances/${instance.id}/artifacts`)
  await expect(page.getByText('No artifacts in this instance yet')).toBeVisible()

  const image = await signedIn.pushArtifact(instance.id, 'team/web/app', 'v1', 'image')
  const signature = { artifactType: 'application/vnd.example.signature', subject: image }
  await signedIn.pushArtifact(instance.id, 'team/web/app', null, 'signature', signature)
  await signedIn.pushArtifact(instance.id, 'team/tools', 'v1', 'tools')
  await signedIn.pushArtifact(instance.id, 'team/tools', 'v2', 'more tools')
  await page.getByRole('button', { name: 'Refresh' }).click()
  const table = page.getByRole('table', { name: 'Artifacts' })
  await expect(table.getByRole('row')).toHaveCount(4)
  const row = table.getByRole('row', { name: /team\/web\/app/ })
  await expect(row).toContainText('application/vnd.oci.image.config.v1+json')
  await expect(row.getByRole('cell', { name: '1', exact: true })).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search by namespace and repository' }).fill('twa')
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(page).toHaveURL(/q=twa/)
  await page.getByRole('button', { name: 'Clear search' }).click()
  await expect(table.getByRole('row')).toHaveCount(4)

  await page.getByRole('checkbox', { name: 'Select team/web/app:v1' }).check()
  await page.getByRole('checkbox', { name: 'Select team/tools:v2' }).check()
  await page.getByRole('button', { name: 'Delete artifacts' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete 2 artifacts?' })
  await expect(dialog).toContainText('team/web/app:v1')
  const requests: string[] = []
  page.on('request', (request) => request.method() === 'DELETE' && requests.push(request.url()))
  await dialog.getByRole('button', { name: 'Delete 2' }).click()
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(table).toContainText('team/tools')
  expect(requests).toHaveLength(1)
  expect(await signedIn.manifest(instance.id, 'team/web/app', image.digest)).toBeNull()
})

test('shows the tags of a version beside it', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  const manifest = (await signedIn.manifest(instance.id, 'team/nginx', '1.0.0')) ?? ''
  await signedIn.putManifest(instance.id, 'team/nginx', 'stable', manifest)
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/versions`)
  const row = page.getByRole('row', { name: /1\.0\.0/ })
  await expect(row).toContainText('stable')
  await expect(row).toContainText('admin · Management API')
  await row.getByRole('link', { name: '1.0.0' }).click()
  await expect(page.getByText(digestOf(manifest))).toBeVisible()
})
