import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import type { RegistryClient } from './registry-client.ts'
import { noise, slowDown } from './slow-line.ts'
import { test } from './test.ts'

/** Starts a slow download of a zip. */
async function startDownload(page: Page, registry: RegistryClient, instanceId: string) {
  await registry.createNamespace(instanceId, 'team')
  for (const version of ['1.0.0', '1.1.0']) {
    const files = { 'files/noise.bin': noise(2_500_000) }
    await registry.push(instanceId, 'team', await makeChart({ name: 'nginx', version, files }))
  }
  await page.goto(`/instances/${instanceId}/namespaces/team/charts/nginx/versions`)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  const line = await slowDown(page, 50_000, 'down')
  await page.getByRole('button', { name: 'Download as zip' }).click()
  const tray = page.getByRole('region', { name: 'Downloads' })
  await expect(tray).toContainText('Downloading nginx-versions.zip')
  return { tray, line }
}

test('continues a download across pages, and can cancel it there', async ({ page, signedIn, instance }) => {
  const { tray } = await startDownload(page, signedIn, instance.id)
  await page.getByRole('navigation', { name: 'Instance pages' }).getByRole('link', { name: 'Helm charts' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Helm charts' })).toBeVisible()
  await expect(tray).toContainText('Downloading nginx-versions.zip')

  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()

  await tray.getByRole('button', { name: 'Cancel the download of nginx-versions.zip' }).click()
  await expect(tray).toContainText('Download of nginx-versions.zip cancelled.')
})

test('reports the end of a download on the page that is open by then', async ({ page, signedIn, instance }) => {
  const { tray, line } = await startDownload(page, signedIn, instance.id)
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const saved = page.waitForEvent('download')
  await line.atFullSpeed()
  expect((await saved).suggestedFilename()).toBe('nginx-versions.zip')
  await expect(tray).toContainText('2 versions saved as nginx-versions.zip')
  await expect(tray).not.toContainText('provenance')
})
