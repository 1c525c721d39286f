import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'
import { violations } from './violations.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds no problem on the sign-in page, also with a wrong password', async ({ page }) => {
      await page.goto('/sign-in')
      await page.getByLabel('Password').waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByText('Enter your password.')).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    test('axe finds no problem in the dialog of an expired session', async ({ page, signedIn }) => {
      await page.goto('/instances')
      await page.getByRole('link', { name: 'default', exact: true }).waitFor()
      await signedIn.signOut()
      await page.getByRole('button', { name: 'Refresh' }).click()
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  })
}

test('hides icons from screen readers and names icon-only buttons', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  for (let number = 10; number < 21; number++) {
    await signedIn.push(instance.id, 'team', await makeChart({ name: `chart-${number}`, version: '1.0.0' }))
  }
  await page.goto(`/instances/${instance.id}/charts?namespace=team&size=10`)
  await expect(page.getByRole('button', { name: 'Next page' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Previous page' })).toBeDisabled()
  await expect(page.getByRole('combobox', { name: 'Namespace' })).toBeVisible()
  await expect(page.getByRole('img')).toHaveCount(0)
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'How to connect' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeVisible()
  await expect(page.getByRole('img')).toHaveCount(0)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Upload' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeVisible()
  await expect(page.getByRole('img')).toHaveCount(0)
  expect(await violations(page)).toEqual([])
})
