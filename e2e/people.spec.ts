import { type Browser, expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

/** Opens the sign-in page in a separate browser. */
async function openSignInPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  return page
}

async function signIn(page: Page, account: string, password: string) {
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('creates an account whose password is shown once, and which sees nothing until it is a member', async ({
  page,
  browser,
  server,
  signedIn,
  instance,
}) => {
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  const name = `ann of ${instance.name}`
  await page.goto('/instances')
  await page.getByRole('button', { name: /^Account admin/ }).click()
  await page.getByRole('link', { name: 'Accounts' }).click()
  await page.getByRole('button', { name: 'Create account' }).click()
  const creating = page.getByRole('dialog', { name: 'Create account' })
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(creating.getByLabel('Account name')).toHaveAttribute('aria-invalid', 'true')
  await creating.getByLabel('Account name').fill(name)
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  const shown = page.getByRole('dialog', { name: `Password of ${name}` })
  const password = (await shown.locator('code').textContent()) ?? ''
  await shown.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row', { name })).toContainText('Never')
  await expect(page.getByText(password)).toHaveCount(0)

  const ann = await openSignInPage(browser, server.url)
  await signIn(ann, name, password)
  await expect(ann.getByRole('heading', { level: 1, name: 'Instance list' })).toBeVisible()
  await expect(ann.getByRole('link', { name: instance.name })).toHaveCount(0)

  await page.goto(`/instances/${instance.id}/members`)
  await page.getByRole('button', { name: 'Add member' }).first().click()
  const adding = page.getByRole('dialog', { name: 'Add member' })
  await adding.getByLabel('Account name').fill('nobody of that name')
  await adding.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(adding.getByLabel('Account name')).toHaveAttribute('aria-invalid', 'true')
  await adding.getByLabel('Account name').fill(name)
  await adding.getByText('Guest', { exact: true }).click()
  await adding.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('row', { name })).toContainText('Guest in all namespaces')

  await ann.reload()
  await ann.getByRole('link', { name: instance.name }).click()
  await ann.getByRole('link', { name: 'Helm charts' }).click()
  await expect(ann.getByRole('link', { name: 'nginx' })).toBeVisible()
  await expect(ann.getByRole('button', { name: 'Upload' })).toHaveCount(0)
  await expect(ann.getByRole('button', { name: 'Delete nginx' })).toHaveCount(0)
  await expect(ann.getByRole('link', { name: 'Members' })).toHaveCount(0)

  await page.getByRole('button', { name: `Add role for ${name}` }).click()
  const giving = page.getByRole('dialog', { name: `Add role for ${name}` })
  await giving.getByText('Maintainer', { exact: true }).click()
  await giving.getByText('Selected namespaces', { exact: true }).click()
  await giving.getByRole('combobox', { name: 'Namespaces' }).click()
  await page.getByTitle('team', { exact: true }).click()
  await giving.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('row', { name })).toContainText('Maintainer in team')
  await ann.reload()
  await ann.getByRole('button', { name: 'Delete nginx' }).click()
  await ann
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click()
  await expect(ann.getByRole('link', { name: 'nginx' })).toHaveCount(0)

  await page.getByRole('button', { name: `Remove from ${name}: Guest in all namespaces` }).click()
  const taking = page.getByRole('dialog', { name: 'Remove this role?' })
  await taking.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('row', { name })).not.toContainText('Guest')
  await ann.context().close()
})

test('signs out a disabled account at once, and lets it in again when enabled', async ({
  page,
  browser,
  server,
  signedIn,
  instance,
}) => {
  const name = `bo of ${instance.name}`
  const { password } = await signedIn.createMember(name)
  const bo = await openSignInPage(browser, server.url)
  await signIn(bo, name, password)
  await bo.getByRole('heading', { level: 1, name: 'Instance list' }).waitFor()

  await page.goto(`/accounts?q=${encodeURIComponent(name)}`)
  const row = page.getByRole('row', { name })
  await row.getByRole('button', { name: `Disable ${name}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toBeVisible()
  await bo.getByRole('button', { name: 'Refresh' }).click()
  const again = bo.getByRole('dialog')
  await again.getByLabel('Password').fill(password)
  await again.getByRole('button', { name: /sign in/i }).click()
  await expect(again.getByRole('alert')).toBeVisible()

  await row.getByRole('button', { name: `Enable ${name}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toHaveCount(0)
  await again.getByRole('button', { name: /sign in/i }).click()
  await expect(again).toBeHidden()
  await bo.context().close()
})

test('resets a password, and lets users change their own', async ({ page, browser, server, signedIn, instance }) => {
  const name = `cy of ${instance.name}`
  const { password } = await signedIn.createMember(name)
  await page.goto(`/accounts?q=${encodeURIComponent(name)}`)
  await page.getByRole('button', { name: `Reset password of ${name}` }).click()
  const resetting = page.getByRole('dialog', { name: `Reset password of ${name}` })
  await resetting.getByText('Enter manually', { exact: true }).click()
  const typed = resetting.locator('input[type=password]')
  await typed.fill('short')
  await resetting.getByRole('button', { name: 'Reset password' }).click()
  await expect(typed).toHaveAttribute('aria-invalid', 'true')
  await typed.fill('the second password')
  await resetting.getByRole('button', { name: 'Reset password' }).click()
  await expect(resetting).toBeHidden()

  const cy = await openSignInPage(browser, server.url)
  await signIn(cy, name, password)
  await expect(cy.getByRole('alert')).toBeVisible()
  await signIn(cy, name, 'the second password')
  await cy.getByRole('button', { name: new RegExp(`^Account ${name}`) }).click()
  await cy.getByRole('link', { name: 'My account' }).click()
  await expect(cy.getByText('None yet.', { exact: false })).toBeVisible()
  const fill = async (current: string, wanted: string, repeated: string) => {
    await cy.getByLabel('Current password').fill(current)
    await cy.getByLabel(/^New password/).fill(wanted)
    await cy.getByLabel('Repeat new password').fill(repeated)
    await cy.getByRole('button', { name: 'Change password' }).click()
  }
  await fill('the second password', 'the third password', 'the other third')
  await expect(cy.getByLabel('Repeat new password')).toHaveAttribute('aria-invalid', 'true')
  await fill('not the password', 'the third password', 'the third password')
  await expect(cy.getByRole('alert')).toBeVisible()
  await fill('the second password', 'the third password', 'the third password')
  await expect(cy.getByText('Password changed.')).toBeVisible()
  await cy.context().close()

  const elsewhere = await openSignInPage(browser, server.url)
  await signIn(elsewhere, name, 'the third password')
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Instance list' })).toBeVisible()
  await elsewhere.context().close()
})

test('language and theme follow an account into another browser', async ({ browser, server, signedIn, instance }) => {
  const name = `di of ${instance.name}`
  const { password } = await signedIn.createMember(name)
  const first = await openSignInPage(browser, server.url)
  await signIn(first, name, password)
  await first.getByRole('heading', { level: 1, name: 'Instance list' }).waitFor()
  await first.getByRole('button', { name: 'Theme' }).click()
  await first.getByRole('button', { name: 'Dark' }).click()
  await first.getByRole('button', { name: 'Language' }).click()
  const kept = first.waitForResponse((answer) => answer.url().endsWith('/console/account/preferences'))
  await first.getByRole('button', { name: '简体中文' }).click()
  expect((await kept).status()).toBe(200)
  await first.context().close()

  const second = await openSignInPage(browser, server.url)
  await signIn(second, name, password)
  await expect(second.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(second.locator('html')).toHaveAttribute('data-theme', 'dark')
  await second.context().close()
})
