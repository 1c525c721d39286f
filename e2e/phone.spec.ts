import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { fillInstance } from './fill-instance.ts'
import { test } from './test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('opens the navigation with a button, and navigates', async ({ page, signedIn, instance }) => {
  await fillInstance(signedIn, instance.id)
  await page.goto(`/instances/${instance.id}`)
  await expect(page.getByRole('link', { name: 'Helm charts' })).toBeHidden()
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await page.getByRole('link', { name: 'Helm charts' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Helm charts' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Namespaces' })).toBeHidden()
  await page.getByRole('link', { name: 'nginx' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'nginx' })).toBeVisible()
})

test('keeps long names and words within the page of a chart', async ({ page, signedIn, instance }) => {
  const name = `chart-${'with-a-long-name-'.repeat(5)}end`
  await signedIn.createNamespace(instance.id, 'team')
  const metadata = { keywords: ['a-keyword-that-goes-on-'.repeat(6)] }
  await signedIn.push(instance.id, 'team', await makeChart({ name, version: '1.0.0', metadata }))
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/${name}/information`)
  const keyword = page.getByText('a-keyword-that-goes-on-').last()
  const rightEdge = () => keyword.evaluate((element) => element.getBoundingClientRect().right)
  await expect.poll(rightEdge).toBeLessThanOrEqual(390)
  const way = page.getByRole('navigation', { name: 'Breadcrumb' })
  await expect(way.getByRole('listitem').first()).toHaveText('Instance list')
  const here = way.getByTitle(name)
  await expect.poll(async () => (await here.boundingBox())?.height).toBeLessThan(30)
})
