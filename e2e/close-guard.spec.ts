import { expect, type Page } from '@playwright/test'
import { test } from './test.ts'

test.beforeEach(({ signedIn: _ }) => {})

/** Functions that show each kind of secret; they return the title of its dialog. */
const SECRETS: Record<string, (page: Page, instanceId: string) => Promise<RegExp>> = {
  'access key': async (page) => {
    await page.goto('/account/access-keys')
    await page.getByRole('button', { name: 'Create access key' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
    return /access key/i
  },
  'fixed password': async (page, instanceId) => {
    await page.goto(`/instances/${instanceId}/credentials`)
    await page
      .getByRole('button', { name: /fixed password/i })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /fixed password/i })
      .click()
    return /fixed password/i
  },
  'temporary password': async (page, instanceId) => {
    await page.goto(`/instances/${instanceId}/credentials`)
    await page
      .getByRole('button', { name: /temporary password/i })
      .first()
      .click()
    await page.getByRole('dialog').locator('button[type=submit]').click()
    return /temporary password/i
  },
  'new account': async (page, instanceId) => {
    await page.goto('/accounts')
    await page.getByRole('button', { name: 'Create account' }).first().click()
    await page.getByRole('dialog').getByLabel('Account name').fill(`ann of ${instanceId}`)
    await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
    return /^Password of ann/
  },
}

for (const [name, show] of Object.entries(SECRETS)) {
  test(`Esc and ✕ keep a secret on screen that has not been copied: ${name}`, async ({ page, context, instance }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const secret = page
      .getByRole('dialog', { name: await show(page, instance.id) })
      .filter({ has: page.locator('code') })
    await expect(secret.getByRole('button', { name: 'Done' })).toBeVisible()
    const question = page.getByRole('dialog', { name: 'You have not copied the secret' })
    const close = secret.getByRole('button', { name: 'Close' })
    for (const leave of [() => page.keyboard.press('Escape'), () => close.click()]) {
      await leave()
      await expect(question).toBeVisible()
      await question.getByRole('button', { name: 'Back to the secret' }).click()
      await expect(question).toBeHidden()
      await expect(secret).toBeVisible()
    }

    await secret.getByRole('button', { name: /^Copy/ }).first().click()
    // Copying is asynchronous; until it is done the secret counts as not copied.
    await expect(secret.getByTitle('Copied')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(secret).toBeHidden()
    await expect(question).toBeHidden()
  })
}

test('Back asks once before a secret is lost', async ({ page, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('link', { name: 'Access credentials' }).click()
  await page.getByRole('button', { name: 'Create temporary password' }).first().click()
  await page.getByRole('dialog').locator('button[type=submit]').click()
  const secret = page.getByRole('dialog', { name: 'Your temporary password' })
  await expect(secret).toBeVisible()
  const question = page.getByRole('dialog', { name: 'You have not copied the secret' })
  await page.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Back to the secret' }).click()
  await expect(secret).toBeVisible()
  await page.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Close without copying' }).click()
  await expect(page).toHaveURL(/namespaces$/)
})

test('Esc asks before typed input is lost; Cancel does not', async ({ page, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  const create = page.getByRole('button', { name: 'Create namespace' }).first()
  const dialog = page.getByRole('dialog', { name: 'Create namespace' })
  const question = page.getByRole('dialog', { name: 'Discard what you typed?' })
  const field = dialog.getByLabel('Name', { exact: false }).first()

  await create.click()
  await expect(field).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await create.click()
  await field.fill('team')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(field).toHaveValue('team')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog).toBeHidden()

  await create.click()
  await field.fill('team')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(question).toBeHidden()
})
