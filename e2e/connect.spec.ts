import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import type { RegistryClient } from './registry-client.ts'
import { test } from './test.ts'

async function fill(registry: RegistryClient, instanceId: string): Promise<void> {
  await registry.createNamespace(instanceId, 'team')
  for (const version of ['1.0.0', '1.1.0+build.7']) {
    await registry.push(instanceId, 'team', await makeChart({ name: 'nginx', version }))
  }
  await registry.push(instanceId, 'team', await makeChart({ name: 'MyChart', version: '1.0.0' }))
}

/** Host and port of the server, as commands show them. */
const hostOf = (url: string) => new URL(url).host

test('shows the commands of a version for the chosen client, at a URL that can be shared', async ({
  page,
  signedIn,
  instance,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await fill(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/versions`)
  await page.getByRole('button', { name: 'How to connect to nginx 1.1.0+build.7' }).click()
  const panel = page.getByRole('dialog', { name: 'How to connect to team / nginx 1.1.0+build.7' })
  const repository = `${hostOf(server.url)}/${instance.id}/team`
  await expect(
    panel.getByText(`helm pull oci://${repository}/nginx --version 1.1.0+build.7 --plain-http`),
  ).toBeVisible()
  await expect(panel.getByText(`oci://${repository}/nginx@sha256:`)).toBeVisible()

  await panel.getByRole('button', { name: 'Copy: Push' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toBe(`helm push nginx-1.1.0+build.7.tgz oci://${repository} --plain-http`)

  await panel.getByText('Helm 2', { exact: true }).click()
  await expect(page).toHaveURL(/[?&]connect=helm-2\b/)
  await expect(panel.getByText('helm fetch team/nginx --version 1.1.0+build.7')).toBeVisible()
  await page.reload()
  await expect(panel.getByText('helm fetch team/nginx --version 1.1.0+build.7')).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page).toHaveURL(/versions$/)
  await page.getByRole('button', { name: 'How to connect', exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Helm 2' })).toBeChecked()
})

test('can be operated with the keyboard only', async ({ page, signedIn, instance }) => {
  await fill(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/information?version=1.0.0`)
  const opener = page.getByRole('button', { name: 'How to connect', exact: true })
  await opener.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'How to connect to team / nginx 1.0.0' })
  await panel.getByRole('radio', { name: 'Helm 4' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(panel.getByRole('radio', { name: 'Helm 3.8 and later' })).toBeChecked()
  await expect(panel.getByRole('radio', { name: 'Helm 3.8 and later' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(opener).toBeFocused()
})

test('returns the focus to the row’s button when closed', async ({ page, signedIn, instance }) => {
  await fill(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/versions`)
  const opener = page.getByRole('row', { name: /1\.0\.0/ }).getByRole('button', { name: /^How to connect/ })
  await opener.click()
  await expect(page.getByRole('dialog', { name: 'How to connect to team / nginx 1.0.0' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test('explains a chart name that is not a valid OCI repository name, and points to the classic repository', async ({
  page,
  signedIn,
  instance,
}) => {
  await fill(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/MyChart/versions?connect=helm-4`)
  const panel = page.getByRole('dialog')
  await expect(panel.getByText('helm pull team/MyChart --version 1.0.0')).toBeVisible()
  await panel.getByText('OCI registry', { exact: true }).click()
  await expect(panel.getByRole('alert')).toContainText('MyChart is not a valid OCI repository name')
  await panel.getByRole('button', { name: 'Use the chart repository' }).click()
  await expect(panel.getByText('helm pull team/MyChart --version 1.0.0')).toBeVisible()
})

test('shows the commands of a namespace with placeholders', async ({ page, signedIn, instance }) => {
  await fill(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}/charts`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect(page.getByRole('button', { name: 'How to connect' })).toHaveCount(0)
  await page.goto(`/instances/${instance.id}/charts?namespace=team&connect=curl`)
  const panel = page.getByRole('dialog', { name: 'How to connect to team' })
  await expect(panel.getByText(/--form chart=@CHART-VERSION.tgz/)).toBeVisible()
  await expect(panel.getByText('Replace CHART with the chart name')).toBeVisible()
})

test('shows the URLs of an instance and edits its custom domains', async ({ page, signedIn: _, instance, server }) => {
  await page.goto(`/instances/${instance.id}`)
  const addresses = page.getByRole('region', { name: 'Addresses' })
  const host = hostOf(server.url)
  await expect(addresses.getByText(`oci://${host}/${instance.id}`, { exact: true })).toBeVisible()
  await expect(addresses.getByText(`http://${host}/${instance.id}/chartrepo`, { exact: true })).toBeVisible()

  await addresses.getByRole('button', { name: `Edit the custom domains of ${instance.name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Edit the custom domains of ${instance.name}` })
  const domain = `${instance.id}.example.org`
  await dialog.getByLabel('Custom domains').fill(`https://${domain}`)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText(`https://${domain}`)
  await dialog.getByLabel('Custom domains').fill(domain)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(addresses.getByText(domain, { exact: true })).toBeVisible()
  await expect(addresses.getByText(`oci://${domain}:${new URL(server.url).port}`, { exact: true })).toBeVisible()
})

test('makes a namespace immutable, warns before a version would be replaced, and makes it mutable again', async ({
  page,
  signedIn,
  instance,
}) => {
  await fill(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}/namespaces`)
  const row = page.getByRole('row', { name: /team/ })
  await row.getByRole('button', { name: 'Make immutable: team' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make immutable: team' })
  await expect(dialog).toContainText('Existing versions cannot be replaced.')
  await dialog.getByRole('button', { name: 'Make immutable' }).click()
  await expect(row.getByText('Immutable', { exact: true })).toBeVisible()

  await page.goto(`/instances/${instance.id}/charts?namespace=team&upload=true`)
  const other = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'other' } })
  const upload = page.getByRole('dialog', { name: 'Upload Helm charts' })
  await dropFiles(upload.getByText('Drop .tgz and .prov files here'), [{ name: other.fileName, bytes: other.bytes }])
  await expect(upload.getByText('Rejected: immutable namespace')).toBeVisible()
  await expect(upload.getByRole('button', { name: 'Upload', exact: true })).toBeDisabled()

  await page.goto(`/instances/${instance.id}/namespaces`)
  await row.getByRole('button', { name: 'Make mutable: team' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make mutable' }).click()
  await expect(row.getByRole('button', { name: 'Make immutable: team' })).toBeVisible()
})

test('accepts an unescaped + in the version in the URL', async ({ page, signedIn, instance }) => {
  await fill(signedIn, instance.id)
  const chart = `/instances/${instance.id}/namespaces/team/charts/nginx`
  await page.goto(`${chart}/information?version=1.1.0+build.7&connect=curl`)
  const panel = page.getByRole('dialog', { name: 'How to connect to team / nginx 1.1.0+build.7' })
  await expect(panel.getByText('--output nginx-1.1.0+build.7.tgz')).toBeVisible()
  await page.goto(`${chart}/information?version=1.1.0+build.7`)
  await expect(page.getByRole('region', { name: 'Basic information' }).getByText('1.1.0+build.7').first()).toBeVisible()
})
