import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { startProvider, type TestProvider } from '../server/oidc/testing/start-provider.ts'
import { ADMIN, startServer } from './server.ts'
import { test as base } from './test.ts'
import { violations } from './violations.ts'

/** Server with sign-in through a real identity provider, one per worker. */
const test = base.extend<object, { provider: TestProvider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from the pattern
    async ({}, use) => {
      const provider = await startProvider()
      await use(provider)
      await provider.close()
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ provider }, use) => {
      const server = await startServer(provider.environment({ CHARTROOM_OIDC_GRANTS: 'dev=maintainer@default' }))
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
})

const button = (page: Page) => page.getByRole('link', { name: 'Sign in with Example Company' })

/** Signs in at the provider, which accepts any password. */
async function signInAtProvider(page: Page, provider: TestProvider, person: string, groups: string[] = ['dev']) {
  provider.people.set(person, { preferred_username: person, groups })
  await page.waitForURL((url) => url.origin === provider.issuer)
  await page.getByPlaceholder('Enter any login').fill(person)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
}

test('signs in through the provider and returns to the requested page', async ({ page, provider, registry }) => {
  const id = await registry.defaultInstance()
  await registry.createNamespace(id, 'landing')
  await registry.push(id, 'landing', await makeChart({ name: 'nginx', version: '1.0.0' }))
  const requested = `/instances/${id}/charts?namespace=landing&q=ngi`
  await page.goto(requested)
  await expect(page.getByLabel('Password')).toBeVisible()
  await button(page).click()
  await signInAtProvider(page, provider, 'ann')
  await expect(page).toHaveURL(requested)
  await expect(page.getByRole('link', { name: 'nginx' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Account ann/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Upload' })).toBeVisible()
})

test('shows the reason of a failed sign-in in both languages', async ({ page, provider }) => {
  await page.goto('/sign-in?to=/accounts')
  await button(page).click()
  await signInAtProvider(page, provider, 'mallory', ['else'])
  await expect(page.getByRole('alert')).toContainText('you have no access here')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('button', { name: '简体中文' }).click()
  await expect(page.getByRole('alert')).toContainText('您在此没有任何权限')
  await expect(page.getByRole('link', { name: '使用 Example Company 登录' })).toBeVisible()
  // Passwords still work.
  await page.getByLabel('账号').fill(ADMIN.account)
  await page.getByLabel('密码').fill(ADMIN.password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page).toHaveURL('/accounts')
})

test('renews an expired session in a separate tab, but not with another account', async ({
  page,
  provider,
  registry,
}) => {
  const id = await registry.defaultInstance()
  await registry.createNamespace(id, 'ended')
  await page.goto(`/instances/${id}/namespaces`)
  await button(page).click()
  await signInAtProvider(page, provider, 'bob')
  await expect(page.getByRole('link', { name: 'ended', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Create namespace' }).first().click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('made-later')
  await page.context().clearCookies()
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()

  const gate = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(gate.getByLabel('Password')).toHaveCount(0)
  const again = gate.getByRole('link', { name: 'Sign in with Example Company (new tab)' })
  await expect(again).toBeFocused()
  expect(await violations(page)).toEqual([])
  const signInAs = async (person: string) => {
    const [tab] = await Promise.all([page.waitForEvent('popup'), again.click()])
    await signInAtProvider(tab, provider, person)
    await expect(tab.getByRole('heading', { name: 'You are signed in' })).toBeVisible()
    await tab.close()
  }
  await signInAs('carol')
  await expect(gate.getByRole('alert')).toContainText('You signed in as carol, but this page belongs to bob')
  await page.context().clearCookies()
  await signInAs('bob')
  await expect(gate).toBeHidden()
  await expect(page.getByRole('link', { name: 'made-later', exact: true })).toBeVisible()
})

test('links an account to the provider, and signs in either way', async ({ page, provider, registry }) => {
  const { account, password } = await registry.createMember('dora')
  await page.goto('/sign-in?to=/account')
  await button(page).click()
  await signInAtProvider(page, provider, 'dora')
  await expect(page.getByRole('alert')).toContainText('An account with your name exists')
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Link to Example Company' }).click()
  await expect(page.getByText('Account linked')).toBeVisible()
  await expect(page.getByText('Maintainer in all namespaces (From the sign-in provider)')).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('shows the provider’s button in the form at 390 px in the dark theme', async ({ page, provider: _ }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/sign-in')
  await expect(button(page)).toBeVisible()
  expect(await violations(page)).toEqual([])
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
