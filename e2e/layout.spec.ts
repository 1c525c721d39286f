import { expect, type Page } from '@playwright/test'
import { fillInstance } from './fill-instance.ts'
import { layoutProblems, switchLanguage } from './layout.ts'
import { PAGES } from './pages.ts'
import { RegistryClient } from './registry-client.ts'
import { test } from './test.ts'

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: true })

for (const [subject, pagesOf] of Object.entries(PAGES)) {
  test(`pages and dialogs of ${subject} have no layout problems from 320 to 2560 px, in both languages`, async ({
    page,
    signedIn,
    instance,
  }) => {
    await fillInstance(signedIn, instance.id)
    for (const [name, open] of Object.entries(pagesOf(instance.id))) {
      await test.step(name, async () => {
        await page.setViewportSize({ width: 1440, height: 900 })
        await open(page)
        await expectReadable(page, name)
      })
    }
  })
}

test('the sign-in page and the dialog of an expired session have no layout problems, in both languages', async ({
  page,
  context,
}) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Enter your password.').waitFor()
  await expectReadable(page, 'sign-in page')
  const registry = new RegistryClient(context.request)
  // Chosen only in the browser, as there is no session to save it with.
  for (const [language, refresh, dialog] of [
    ['en-US', 'Refresh', 'Your session has ended'],
    ['zh-CN', '刷新', '登录已过期'],
  ] as const) {
    await registry.signIn()
    await registry.resetPreferences()
    await page.evaluate((chosen) => localStorage.setItem('chartroom.language', chosen), language)
    await page.goto('/instances')
    await page.getByRole('link', { name: 'default', exact: true }).waitFor()
    await registry.signOut()
    // Not a click, because a background request may already have opened the dialog over the button.
    await page.getByRole('button', { name: refresh }).dispatchEvent('click')
    await page.getByRole('dialog', { name: dialog }).waitFor()
    expect.soft(await layoutProblems(page), `ended session, ${language}`).toEqual([])
  }
})

/** Checks the open page in both languages. */
async function expectReadable(page: Page, name: string): Promise<void> {
  expect.soft(await layoutProblems(page), name).toEqual([])
  await switchLanguage(page, '简体中文')
  expect.soft(await layoutProblems(page), `${name}, in Chinese`).toEqual([])
  await switchLanguage(page, 'English')
}
