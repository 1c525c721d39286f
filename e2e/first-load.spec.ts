import { type APIRequestContext, expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

/** Maximum kilobytes of compressed JavaScript before the chart list can be used, loaded once per release. */
const BUDGET = { br: 215, gzip: 245 } as const

/** Matches static imports of a built script, and of its dynamic imports only the English texts. */
const IMPORTS = /(?:from|import)"\.\/([^"]+\.js)"|import\(`\.\/(en-US-[^`]+\.js)`\)/g

test('needs only a few small files to show the chart list', async ({ page, signedIn: _, registry, instance }) => {
  await registry.createNamespace(instance.id, 'team')
  // More than one page, so that the pagination is shown too.
  for (let number = 10; number < 21; number++) {
    await registry.push(instance.id, 'team', await makeChart({ name: `chart-${number}`, version: '1.0.0' }))
  }
  const first = await firstFiles(page.request)
  let heldBack = 0
  await page.route('**/assets/*.js', async (route) => {
    if (first.has(new URL(route.request().url()).pathname)) await route.continue()
    // Other requests are never answered.
    else heldBack += 1
  })

  await page.goto(`/instances/${instance.id}/charts?namespace=team`)
  await expect(page.getByRole('link', { name: 'chart-10' })).toBeVisible()
  await page.getByRole('searchbox').fill('20')
  await expect(page.getByRole('link', { name: 'chart-20' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'chart-10' })).toHaveCount(0)
  expect(heldBack).toBeGreaterThan(0)

  for (const [encoding, budget] of Object.entries(BUDGET)) {
    const sizes = await Promise.all([...first].map((path) => sizeOf(page.request, path, encoding)))
    expect(sizes.reduce((sum, size) => sum + size, 0) / 1000, encoding).toBeLessThan(budget)
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

/** Paths of the page's scripts, of everything that they import, and of the English texts. */
async function firstFiles(request: APIRequestContext): Promise<Set<string>> {
  const html = await (await request.get('/', { headers: { Accept: 'text/html' } })).text()
  const found = new Set(Array.from(html.matchAll(/"(\/assets\/[^"]+\.js)"/g), ([, path = '']) => path))
  for (const path of found) {
    const code = await (await request.get(path)).text()
    for (const [, imported, words] of code.matchAll(IMPORTS)) found.add(`/assets/${imported ?? words}`)
  }
  return found
}

async function sizeOf(request: APIRequestContext, path: string, encoding: string): Promise<number> {
  const answer = await request.get(path, { headers: { 'Accept-Encoding': encoding } })
  expect(answer.headers()['content-encoding']).toBe(encoding)
  return Number(answer.headers()['content-length'])
}
