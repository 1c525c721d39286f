import { type APIResponse, expect } from '@playwright/test'
import { makeProvenance } from '../chart/testing/make-provenance.ts'
import { bait, makeHostileChart, manyBaits, watch } from './hostile-chart.ts'
import { digestOf } from './registry-client.ts'
import { test } from './test.ts'

test('content downloaded from the APIs is saved or shown as text, and never runs', async ({
  page,
  registry,
  instance,
  baseURL,
}) => {
  const effects = await watch(page, baseURL ?? '')
  const { id } = instance
  await registry.createNamespace(id, 'open', 'public')
  const chart = await makeHostileChart()
  await registry.push(id, 'open', chart, makeProvenance(chart))
  const html = `<!doctype html>${manyBaits('blob')}`
  await registry.pushArtifact(id, 'open/app', 'v1', html, { annotations: { a: manyBaits('manifest') } })
  const file = `/${id}/chartrepo/open/charts/${encodeURIComponent(chart.fileName)}`
  const saved = [file, `${file}.prov`, `/v2/${id}/open/app/blobs/${digestOf(html)}`]
  const shown = [
    `/${id}/chartrepo/open/index.yaml`,
    `/api/${id}/chartrepo/open/charts`,
    `/v2/${id}/open/app/manifests/v1`,
    `/v2/${encodeURIComponent(bait('error'))}/tags/list`,
    `/v1/instances/${encodeURIComponent(bait('error'))}`,
    `/chartrepo/${encodeURIComponent(bait('error'))}/index.yaml`,
  ]
  for (const path of [...saved, ...shown]) expectNoPage(await page.request.get(path))
  for (const path of [file, `${file}.prov`]) {
    expect((await page.request.get(path)).headers()['content-disposition']).toMatch(
      /^attachment; filename="[\w.+~-]+"; /,
    )
  }
  for (const path of saved) {
    const download = page.waitForEvent('download')
    // A browser that saves a response does not navigate.
    await expect(page.goto(path)).rejects.toThrow(/Download is starting|ERR_ABORTED/)
    expect((await download).suggestedFilename()).not.toMatch(/[<>"\\/:|?*\p{Cc}]/u)
  }
  for (const path of shown) await page.goto(path).catch(() => undefined) // some types are saved, some are shown
  expect(effects.ran).toEqual([])
  expect(effects.outside).toEqual([])
})

test('a manifest with an HTML media type is sandboxed: no scripts, opaque origin', async ({
  page,
  registry,
  instance,
  baseURL,
}) => {
  const effects = await watch(page, baseURL ?? '')
  await registry.createNamespace(instance.id, 'open', 'public')
  const manifest = JSON.stringify({
    mediaType: 'text/html',
    note: `<h1>Sign in</h1>${bait('page')}<script>ran('page')</script>`,
  })
  await registry.putManifest(instance.id, 'open/app', 'v1', manifest, 'text/html')
  const response = await page.goto(`/v2/${instance.id}/open/app/manifests/v1`)
  expect(response?.headers()['content-type']).toBe('text/html')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await page.evaluate(() => self.origin)).toBe('null')
  expect(effects.ran).toEqual([])
})

function expectNoPage(response: APIResponse): void {
  const {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': sniffing,
  } = response.headers()
  expect(type).not.toMatch(/html|svg|javascript|text\/xml/)
  expect([sniffing, policy]).toEqual(['nosniff', expect.stringMatching(/^default-src 'none';.* sandbox$/)])
}
