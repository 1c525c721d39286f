import { expect, type Page } from '@playwright/test'
import { makeArchive } from '../chart/testing/make-archive.ts'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import { bait, makeHostileChart, manyBaits, NAME, NOTHING, watch } from './hostile-chart.ts'
import { test } from './test.ts'
import { fileOf, openDialog } from './upload-dialog.ts'

/** Expects that no markup of a chart has become an element, and that its links lead only to http and https. */
async function expectOnlyText(page: Page): Promise<void> {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(
        (element) =>
          [...element.attributes].some(({ name }) => name.startsWith('on')) ||
          (element instanceof HTMLScriptElement && element.src === '') ||
          (element instanceof HTMLAnchorElement &&
            element.href !== '' &&
            !['http:', 'https:'].includes(element.protocol)) ||
          element instanceof HTMLIFrameElement,
      )
      .map((element) => element.outerHTML),
  )
  expect(found).toEqual([])
}

test('shows a hostile chart as plain text on every page', async ({ page, signedIn, baseURL }) => {
  const effects = await watch(page, baseURL ?? '')
  const id = await signedIn.createInstance(bait('instance'))
  await signedIn.createNamespace(id, 'team')
  await signedIn.push(id, 'team', await makeHostileChart())
  const subject = { artifactType: manyBaits('artifact'), annotations: { [bait('artifact')]: manyBaits('artifact') } }
  await signedIn.pushArtifact(id, 'team/app', 'v1', manyBaits('blob'), subject)
  const chart = `/instances/${id}/namespaces/team/charts/${encodeURIComponent(NAME)}`
  const main = page.getByRole('main')

  for (const [path, text] of [
    ['/instances', bait('instance')],
    [`/instances/${id}/charts`, NAME],
    [`/instances/${id}/charts?q=${encodeURIComponent(NAME)}`, NAME],
    [`${chart}/versions`, manyBaits('appVersion')],
    [`${chart}/information`, manyBaits('annotation')],
    [`/instances/${id}/artifacts`, 'team/app'],
  ] as const) {
    const answer = await page.goto(path)
    expect(answer?.headers()['content-security-policy']).toContain("script-src 'self';")
    await expect(main).toContainText(text)
    await expectOnlyText(page)
  }

  await page.goto(`${chart}/information`)
  for (const where of ['description', 'maintainer', 'keyword']) await expect(main).toContainText(manyBaits(where))
  expect(
    await main.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? '')),
  ).toContain(`https://a.example/"${bait('source')}`)
  // Non-printable characters are dropped where helm drops them.
  const description = main.getByRole('definition').filter({ hasText: bait('description') })
  expect(await description.textContent()).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  const drawn = page.locator('img[src^="data:image/svg"]')
  await expect(drawn.first()).toBeVisible()
  await expect.poll(() => drawn.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32)

  await page.goto(`${chart}/versions?connect=helm-4`)
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectOnlyText(page)
  await page.goto(`/instances/${id}/charts`)
  await page.getByRole('button', { name: `Delete ${NAME}` }).click()
  await expect(page.getByRole('dialog')).toContainText(NAME)
  await expectOnlyText(page)
  expect(effects).toEqual(NOTHING)
})

test('reads, refuses and uploads hostile files without running anything', async ({
  page,
  signedIn,
  instance,
  baseURL,
}) => {
  const effects = await watch(page, baseURL ?? '')
  await signedIn.createNamespace(instance.id, 'team')
  const dialog = await openDialog(page, instance.id)
  const outside = await makeArchive([{ name: `x/../../${bait('entry')}`, body: 'a' }])
  const broken = await makeChart({ name: 'x', version: '1.0.0', files: { 'Chart.yaml': `${bait('yaml')}: [` } })
  const unsafe = await makeChart({ name: `\u0007${bait('unsafe')}\\`, version: '1.0.0' })
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [
    { name: `${bait('file')}.tgz`, bytes: 'no archive' },
    { name: `${bait('notes')}.txt`, bytes: manyBaits('notes') },
    { name: 'outside.tgz', bytes: outside },
    { name: 'broken.tgz', bytes: broken.bytes },
    { name: 'unsafe.tgz', bytes: unsafe.bytes },
    fileOf(await makeHostileChart()),
  ])
  for (const where of ['file', 'notes', 'entry', 'unsafe', 'name']) await expect(dialog).toContainText(bait(where))
  await expectOnlyText(page)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
  await expectOnlyText(page)
  expect(await signedIn.charts(instance.id, 'team')).toEqual([NAME])
  expect(effects).toEqual(NOTHING)
})

test('ignores hostile values in links: no navigation, no script', async ({ page, signedIn, instance, baseURL }) => {
  const effects = await watch(page, baseURL ?? '')
  await signedIn.createNamespace(instance.id, 'team')
  for (const path of [
    `/sign-in?to=${encodeURIComponent("javascript:ran('to')")}`,
    `/sign-in?to=${encodeURIComponent('//evil.example/')}`,
    `/instances/${encodeURIComponent(manyBaits('path'))}`,
    `/instances/${instance.id}/charts?q=${encodeURIComponent(manyBaits('query'))}`,
    `/instances/${instance.id}/namespaces/team/charts/${encodeURIComponent(NAME)}/information?version=${encodeURIComponent(bait('version'))}`,
  ]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await expectOnlyText(page)
    expect(new URL(page.url()).origin).toBe(baseURL)
  }
  expect(effects).toEqual(NOTHING)
})

test('the CSP blocks injected markup, which runs without it', async ({ page, signedIn, instance, baseURL }) => {
  const effects = await watch(page, baseURL ?? '')
  const slipIn = () =>
    page.evaluate((html) => {
      document.body.insertAdjacentHTML('beforeend', html)
      const script = document.createElement('script')
      script.textContent = "ran('inline')"
      document.body.append(script)
    }, bait('attribute'))
  await signedIn.createNamespace(instance.id, 'team')
  await page.goto(`/instances/${instance.id}/charts`)
  await slipIn()
  await expect.poll(() => effects.stopped.length).toBe(2)
  expect(effects.ran).toEqual([])
  await page.goto('about:blank')
  await slipIn()
  await expect.poll(() => effects.ran.toSorted()).toEqual(['attribute', 'inline'])
})
