import { createHash } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { ADMIN } from './server.ts'
import { test } from './test.ts'

const IMAGE = 'application/vnd.oci.image.manifest.v1+json'
const headers = { Authorization: `Basic ${Buffer.from(`${ADMIN.account}:${ADMIN.password}`).toString('base64')}` }

/** Pushes as oras and its like do; answers with what another manifest says of it. */
async function push(url: string, repository: string, tag: string | null, text: string, more: object = {}) {
  const blob = async (bytes: string, mediaType: string) => {
    const digest = digestOf(bytes)
    const to = `${url}/v2/${repository}/blobs/uploads/?digest=${digest}`
    const type = { 'Content-Type': 'application/octet-stream' }
    expect((await fetch(to, { method: 'POST', headers: { ...headers, ...type }, body: bytes })).status).toBe(201)
    return { mediaType, digest, size: bytes.length }
  }
  const config = await blob('{}', 'application/vnd.oci.image.config.v1+json')
  const layers = [await blob(text, 'application/octet-stream')]
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers, ...more })
  const to = `${url}/v2/${repository}/manifests/${tag ?? digestOf(manifest)}`
  const answer = await fetch(to, { method: 'PUT', headers: { ...headers, 'Content-Type': IMAGE }, body: manifest })
  expect(answer.status).toBe(201)
  return { mediaType: IMAGE, digest: digestOf(manifest), size: manifest.length }
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

test('lists what is no chart, finds it, and deletes many at once', async ({ page, signedIn, instance, server }) => {
  await signedIn.createNamespace(instance.id, 'team')
  const at = `${instance.id}/team`
  await page.goto(`/instances/${instance.id}`)
  await page.getByRole('link', { name: 'Artifacts' }).click()
  await expect(page).toHaveURL(`/instances/${instance.id}/artifacts`)
  await expect(page.getByText('There is no artifact in this instance yet')).toBeVisible()

  const image = await push(server.url, `${at}/web/app`, 'v1', 'image')
  const signature = { artifactType: 'application/vnd.example.signature', subject: image }
  await push(server.url, `${at}/web/app`, null, 'signature', signature)
  await push(server.url, `${at}/tools`, 'v1', 'tools')
  await push(server.url, `${at}/tools`, 'v2', 'more tools')
  await page.getByRole('button', { name: 'Refresh' }).click()
  const table = page.getByRole('table', { name: 'Artifacts' })
  await expect(table.getByRole('row')).toHaveCount(4)
  const row = table.getByRole('row', { name: /team\/web\/app/ })
  await expect(row).toContainText('application/vnd.oci.image.config.v1+json')
  await expect(row.getByRole('cell').nth(6)).toHaveText('1')

  await page.getByRole('searchbox', { name: 'Search by namespace and repository' }).fill('twa')
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(page).toHaveURL(/q=twa/)
  await page.getByRole('button', { name: 'Clear the search' }).click()
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
  const gone = await fetch(`${server.url}/v2/${at}/web/app/manifests/${image.digest}`, { headers })
  expect(gone.status).toBe(404)
})

test('shows beside a version the tags that were put on it', async ({ page, signedIn, instance, server }) => {
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  const manifests = `${server.url}/v2/${instance.id}/team/nginx/manifests`
  const manifest = await (await fetch(`${manifests}/1.0.0`, { headers })).text()
  const type = { 'Content-Type': IMAGE }
  await fetch(`${manifests}/stable`, { method: 'PUT', headers: { ...headers, ...type }, body: manifest })
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/versions`)
  const row = page.getByRole('row', { name: /1\.0\.0/ })
  await expect(row).toContainText('stable')
  await expect(row).toContainText('admin · Management API')
  await row.getByRole('link', { name: '1.0.0' }).click()
  await expect(page.getByText(digestOf(manifest))).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds nothing on the artifacts, nor does anything stick out of a telephone', async ({
      page,
      signedIn,
      instance,
      server,
    }) => {
      await signedIn.createNamespace(instance.id, 'team')
      const name = 'a-repository-with-a-rather-long-name-for-a-small-screen'
      await push(server.url, `${instance.id}/team/${name}`, 'v1', 'image')
      await push(server.url, `${instance.id}/team/${name}`, null, 'untagged')
      await page.goto(`/instances/${instance.id}/artifacts`)
      await page.getByRole('table').waitFor()
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 })
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        )
      }
      await page
        .getByRole('button', { name: /^Delete team/ })
        .first()
        .click()
      await page.getByRole('dialog').getByRole('button').last().waitFor()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    })
  })
}
