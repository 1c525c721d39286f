import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { makeProvenance } from '../chart/testing/make-provenance.ts'
import { switchLanguage } from './layout.ts'
import { readZip } from './read-zip.ts'
import type { RegistryClient } from './registry-client.ts'
import { delayResponses } from './slow-line.ts'
import { test } from './test.ts'

async function pushVersions(registry: RegistryClient, instanceId: string, versions: string[]) {
  await registry.createNamespace(instanceId, 'team')
  const charts = []
  for (const version of versions) {
    const chart = await makeChart({ name: 'nginx', version, metadata: { appVersion: `app ${version}` } })
    await registry.push(instanceId, 'team', chart, version === '1.10.0' ? makeProvenance(chart) : undefined)
    charts.push(chart)
  }
  return charts
}

async function openVersions(page: Page, instanceId: string) {
  await page.goto(`/instances/${instanceId}/charts?namespace=team`)
  await page.getByRole('link', { name: 'nginx' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'nginx' })).toBeVisible()
}

/** Checks the versions on screen, from top to bottom. */
async function expectVersions(page: Page, versions: string[]) {
  const boxes = page.getByRole('table').getByRole('checkbox', { name: /^Select (?!all)/ })
  await expect(boxes).toHaveCount(versions.length)
  const labels = await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label')))
  expect(labels).toEqual(versions.map((version) => expect.stringContaining(version)))
}

const VERSIONS = ['1.9.0', '1.10.0', '1.2.0', '2.0.0-rc.1', 'v1.1']

test('lists versions in SemVer order, searches them, and hides pre-releases on request', async ({
  page,
  signedIn,
  instance,
}) => {
  const charts = await pushVersions(signedIn, instance.id, VERSIONS)
  await openVersions(page, instance.id)
  await expectVersions(page, ['2.0.0-rc.1', '1.10.0', '1.9.0', '1.2.0', 'v1.1'])
  const signed = page.getByRole('row', { name: /1\.10\.0/ })
  await expect(signed).toContainText('app 1.10.0')
  await expect(signed).toContainText(charts[1]!.sha256.slice(0, 12)) // 1.10.0 is the second of VERSIONS
  await expect(signed).toContainText('Provenance, not verified')
  await expect(signed).toContainText('admin')

  await page.getByRole('switch', { name: 'Show pre-releases' }).click()
  await expectVersions(page, ['1.10.0', '1.9.0', '1.2.0', 'v1.1'])
  await page.reload()
  await expectVersions(page, ['1.10.0', '1.9.0', '1.2.0', 'v1.1'])

  await page.getByRole('searchbox', { name: 'Search versions' }).fill('1.1')
  await expectVersions(page, ['v1.1', '1.10.0'].toSorted(byRank('1.1')))
})

/** Expected order of a search: prefix matches before substring matches. */
function byRank(query: string) {
  return (a: string, b: string) => Number(b.startsWith(query)) - Number(a.startsWith(query))
}

test('downloads one version under its own name, byte for byte', async ({ page, signedIn, instance }) => {
  const charts = await pushVersions(signedIn, instance.id, ['1.0.0'])
  await openVersions(page, instance.id)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download nginx-1.0.0.tgz' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('nginx-1.0.0.tgz')
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(await download.path())) hash.update(chunk)
  expect(hash.digest('hex')).toBe(charts[0]?.sha256)
})

test('downloads several versions as one zip whose contents match the digests', async ({ page, signedIn, instance }) => {
  const charts = await pushVersions(signedIn, instance.id, VERSIONS)
  await openVersions(page, instance.id)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as zip' }).click(),
  ])
  const files = await readZip(await download.path())
  const digests = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  )
  for (const chart of charts) expect(digests[chart.fileName]).toBe(chart.sha256)
  expect([...files.keys()].toSorted()).toEqual(
    [...charts.map((chart) => chart.fileName), 'nginx-1.10.0.tgz.prov', 'SHA256SUMS'].toSorted(),
  )
  const sums = files.get('SHA256SUMS')?.toString() ?? ''
  for (const line of sums.trim().split('\n')) {
    const [sum, name] = line.split(/ [ *]/)
    expect(digests[name ?? '']).toBe(sum)
  }
  expect(sums.trim().split('\n')).toHaveLength(charts.length + 1)
})

test('deletes the selected versions in one request after confirmation', async ({ page, signedIn, instance }) => {
  await pushVersions(signedIn, instance.id, VERSIONS)
  await openVersions(page, instance.id)
  const deletions: string[] = []
  page.on('request', (request) => request.method() === 'DELETE' && deletions.push(request.url()))
  for (const version of ['1.9.0', '1.2.0']) await page.getByRole('checkbox', { name: version }).check()
  const deleteChosen = page.getByRole('region', { name: '2 selected' }).getByRole('button', { name: 'Delete' })
  await deleteChosen.click()
  const dialog = page.getByRole('dialog', { name: 'Delete 2 versions?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(deletions).toEqual([])

  await deleteChosen.click()
  await dialog.getByRole('textbox', { name: 'Type “nginx” to confirm' }).fill('nginx')
  await dialog.getByRole('button', { name: 'Delete 2' }).click()
  await expectVersions(page, ['2.0.0-rc.1', '1.10.0', 'v1.1'])
  expect(deletions).toHaveLength(1)
  expect(Object.keys(await signedIn.digests(instance.id, 'team', 'nginx'))).toEqual(['2.0.0-rc.1', '1.10.0', 'v1.1'])
})

test('returns to the chart list when the last version of a chart is deleted', async ({ page, signedIn, instance }) => {
  await pushVersions(signedIn, instance.id, ['1.0.0'])
  await openVersions(page, instance.id)
  await page.getByRole('button', { name: 'Delete nginx 1.0.0' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this version?' })
  await expect(dialog).toContainText('the chart is deleted too')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('nginx deleted with its last version.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Helm charts' })).toBeVisible()
})

test('shows the fields of Chart.yaml, and links only valid URLs', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  const metadata = {
    description: 'A web server <img src=x onerror=alert(1)>',
    home: 'https://nginx.example.org',
    sources: ['https://git.example.org/nginx', 'javascript:alert(1)'],
    keywords: ['web', 'proxy'],
    maintainers: [{ name: 'Ann Lee', email: 'ann@example.org' }],
    dependencies: [
      { name: 'common', version: '^2.0.0', repository: 'https://charts.example.org', condition: 'common.on' },
    ],
    kubeVersion: '>=1.27.0-0',
  }
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0', metadata }))
  await openVersions(page, instance.id)
  await page.getByRole('link', { name: 'Basic information' }).click()

  const main = page.getByRole('main')
  await expect(main).toContainText('A web server <img src=x onerror=alert(1)>')
  await expect(main.getByRole('link', { name: 'https://nginx.example.org' })).toHaveAttribute('rel', /noopener/)
  await expect(main).toContainText('javascript:alert(1)')
  await expect(main.getByRole('link', { name: 'javascript:alert(1)' })).toHaveCount(0)
  await expect(main).toContainText('Ann Lee')
  await expect(main).toContainText('proxy')
  await expect(main.getByRole('row', { name: /common/ })).toContainText('^2.0.0')
})

test('does not report a successful deletion as failed when the refresh after it fails', async ({
  page,
  signedIn,
  instance,
}) => {
  await pushVersions(signedIn, instance.id, ['1.0.0', '1.1.0'])
  await openVersions(page, instance.id)
  let isGone = false
  page.on('response', (response) => {
    if (response.request().method() === 'DELETE') isGone = true
  })
  await page.route('**/versions?pageNo=1&pageSize=1', (route) => (isGone ? route.abort() : route.continue()))
  await page.getByRole('button', { name: 'Delete nginx 1.0.0' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this version?' })
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expectVersions(page, ['1.1.0'])
})

test('never shows the digest of one version beside another', async ({ page, signedIn, instance }) => {
  const [old, newest] = await pushVersions(signedIn, instance.id, ['1.0.0', '1.1.0'])
  await page.goto(`/instances/${instance.id}/namespaces/team/charts/nginx/information`)
  const main = page.getByRole('main')
  await expect(main).toContainText(newest?.sha256 ?? '')
  const line = await delayResponses(page, 120_000)
  await page.getByRole('combobox', { name: 'Version' }).click()
  await page.getByTitle('1.0.0').click()
  await expect(page).toHaveURL(/version=1\.0\.0/)
  await expect(main).not.toContainText(newest?.sha256 ?? '')
  await line.atFullSpeed()
  await expect(main).toContainText(old?.sha256 ?? '')
})

for (const name of ['download', 'a%2Fb']) {
  test(`shows the pages of a chart named ${name}`, async ({ page, signedIn, instance }) => {
    await signedIn.createNamespace(instance.id, 'team')
    const chart = await makeChart({ name, version: '1.0.0' })
    await signedIn.push(instance.id, 'team', chart)
    await page.goto(`/instances/${instance.id}/charts?namespace=team`)
    await page.getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
    await expectVersions(page, ['1.0.0'])
    await page.getByRole('link', { name: 'Basic information' }).click()
    await expect(page.getByRole('main')).toContainText(chart.sha256)
    await page.reload()
    await expect(page.getByRole('main')).toContainText(chart.sha256)
  })
}

test('shows the actions of a version on one line at 1440 px, in both languages', async ({
  page,
  signedIn,
  instance,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await pushVersions(signedIn, instance.id, ['1.9.0', '1.10.0'])
  await openVersions(page, instance.id)
  for (const [language, download] of [
    ['English', 'Download nginx-1.10.0.tgz.prov'],
    ['简体中文', '下载 nginx-1.10.0.tgz.prov'],
  ] as const) {
    await switchLanguage(page, language)
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: download, exact: true }) })
    const buttons = row.getByRole('cell').last().getByRole('button')
    await expect(buttons).toHaveCount(4)
    const middles = await buttons.evaluateAll((all) =>
      all.map((button) => {
        const { top, height } = button.getBoundingClientRect()
        return Math.round(top + height / 2)
      }),
    )
    expect(Math.max(...middles) - Math.min(...middles), language).toBeLessThanOrEqual(1)
  }
})
