import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

test.beforeEach(async ({ signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  for (let index = 10; index < 22; index++) {
    await signedIn.push(instance.id, 'team', await makeChart({ name: `chart-${index}`, version: '1.0.0' }))
  }
})

test('page size, density and sort follow the account into another browser, unless the URL overrides them', async ({
  page,
  browser,
  instance,
}) => {
  const list = `/instances/${instance.id}/charts`
  await page.goto(list)
  const rows = page.getByRole('table', { name: 'Charts' }).getByRole('row')
  await expect(rows).toHaveCount(13)
  // Each response is awaited, so that the other browser gets the choice.
  const stored = () => page.waitForResponse((answer) => answer.url().endsWith('/console/account/preferences'))
  for (const choose of [
    () => page.getByRole('button', { name: 'Updated' }).click(),
    () => page.getByRole('button', { name: 'Dense rows' }).click(),
    async () => {
      await page.getByRole('combobox', { name: 'Rows per page' }).click()
      await page.getByTitle('10 / page').click()
    },
  ]) {
    const answer = stored()
    await choose()
    await answer
  }
  await expect(rows).toHaveCount(11)
  // The first click on a date column sorts the newest first.
  await expect(page.getByRole('columnheader', { name: 'Updated' })).toHaveAttribute('aria-sort', 'descending')
  await expect(rows.nth(1).getByRole('rowheader')).toContainText('chart-21')

  const other = await browser.newContext({ storageState: { cookies: await page.context().cookies(), origins: [] } })
  const there = await other.newPage()
  await there.goto(new URL(list, page.url()).href)
  const rowsThere = there.getByRole('table', { name: 'Charts' }).getByRole('row')
  await expect(rowsThere).toHaveCount(11)
  await expect(rowsThere.nth(1).getByRole('rowheader')).toContainText('chart-21')
  await expect(there.getByRole('button', { name: 'Dense rows' })).toHaveAttribute('aria-pressed', 'true')
  expect((await rowsThere.nth(1).boundingBox())?.height).toBe(44)

  await there.goto(new URL(`${list}?size=50&orderBy=name&order=asc`, page.url()).href)
  await expect(rowsThere).toHaveCount(13)
  await expect(rowsThere.nth(1).getByRole('rowheader')).toContainText('chart-10')
  await other.close()
})

test('keeps the table header in view', async ({ page, instance }) => {
  await page.setViewportSize({ width: 1440, height: 500 })
  await page.goto(`/instances/${instance.id}/charts`)
  const last = page.getByRole('rowheader').last()
  await last.scrollIntoViewIfNeeded()
  await expect(page.getByRole('columnheader', { name: 'Updated' })).toBeInViewport()
})
