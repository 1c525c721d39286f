import { expect } from '@playwright/test'
import { test } from './test.ts'
import { violations } from './violations.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds nothing on the sign-in page, nor when the password is wrong', async ({ page }) => {
      await page.goto('/sign-in')
      await page.getByLabel('Password').waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByText('Enter your password.')).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    test('axe finds nothing on the dialog over an ended session', async ({ page, signedIn }) => {
      await page.goto('/instances')
      await page.getByRole('link', { name: 'default', exact: true }).waitFor()
      await signedIn.signOut()
      await page.getByRole('button', { name: 'Refresh' }).click()
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  })
}
