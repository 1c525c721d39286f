import { expect } from '@playwright/test'
import { test } from './test.ts'

test('runs a background job now and shows its last run', async ({ page, signedIn: _ }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('link', { name: 'Background jobs' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Background jobs' })).toBeVisible()
  const row = page.getByRole('row', { name: /^Audit log pruning/ })
  const cells = row.getByRole('cell')
  const before = await cells.allInnerTexts()
  await row.getByRole('button', { name: 'Run now: Audit log pruning' }).click()
  await expect.poll(() => cells.allInnerTexts()).not.toEqual(before)
  await expect(cells.filter({ hasText: 'Never' })).toHaveCount(0)
  await expect(row.getByRole('button', { name: 'Run now: Audit log pruning' })).toBeEnabled()
})
