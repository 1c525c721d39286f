import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

test('collects garbage on request and reports what was removed', async ({ page, signedIn, instance }) => {
  // Unique bytes, which no other test on the same server keeps in use.
  const metadata = { description: `Of ${instance.name} only` }
  const chart = await makeChart({ name: 'nginx', version: '1.0.0', metadata })
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', chart)

  await page.goto('/')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('link', { name: 'Storage' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Damaged blobs' })).toContainText('No damage found.')
  const usage = page.getByRole('region', { name: 'Usage' })
  await expect(usage).toContainText(/All blobs[1-9]/)

  await signedIn.deleteChart(instance.id, 'team', 'nginx')
  await page.getByRole('button', { name: 'Collect garbage now' }).click()
  await expect(usage).toContainText(/Removed: [1-9]/)
  await expect(page.getByRole('button', { name: 'Collect garbage now' })).toBeEnabled()
})
