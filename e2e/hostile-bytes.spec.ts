import { expect } from '@playwright/test'
import { bait, watch } from './hostile-chart.ts'
import { test } from './test.ts'

test('a manifest that says it is a page is one without scripts, and of no origin', async ({
  page,
  registry,
  instance,
  baseURL,
}) => {
  const deeds = await watch(page, baseURL ?? '')
  await registry.createNamespace(instance.id, 'open', 'public')
  const manifest = JSON.stringify({ note: `<h1>Sign in</h1>${bait('page')}<script>ran('page')</script>` })
  await registry.putManifest(instance.id, 'open/app', 'v1', manifest, 'text/html')
  const answer = await page.goto(`/v2/${instance.id}/open/app/manifests/v1`)
  expect(answer?.headers()['content-type']).toBe('text/html')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await page.evaluate(() => self.origin)).toBe('null')
  expect(deeds.ran).toEqual([])
})
