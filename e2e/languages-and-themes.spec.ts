import { expect, type Page } from '@playwright/test'
import { fillInstance } from './fill-instance.ts'
import type { RegistryClient } from './registry-client.ts'
import { test } from './test.ts'

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

/** Whether a colour such as `rgb(15, 18, 22)` is dark. */
function isDark(color: string): boolean {
  const channels = (color.match(/\d+/g) ?? []).slice(0, 3).map(Number)
  return channels.reduce((sum, channel) => sum + channel, 0) < 3 * 80
}

/** Signs in with a separate account, because preferences follow the account into the browsers of other tests. */
async function signInWithNewAccount(signedIn: RegistryClient, instance: { id: string; name: string }) {
  const account = await signedIn.createMember(`chooser of ${instance.name}`)
  await signedIn.giveRole(instance.id, account.account, 'administrator')
  await signedIn.signIn(account)
}

test.describe('in a Chinese browser', () => {
  test.use({ locale: 'zh-CN' })

  test('is in Chinese from the first page on, and in English when chosen', async ({ page, signedIn, instance }) => {
    await fillInstance(signedIn, instance.id)
    await signInWithNewAccount(signedIn, instance)
    await page.goto(`/instances/${instance.id}/charts`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await expect(page.getByRole('searchbox', { name: '按名称搜索 Chart' })).toBeVisible()
    await expect(page.getByRole('button', { name: '上传' })).toBeVisible()
    await expect(page.getByRole('columnheader', { name: '命名空间' })).toBeVisible()

    await page.getByRole('button', { name: '语言' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-US')
    await expect(page.getByRole('searchbox', { name: 'Search charts by name' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('searchbox', { name: 'Search charts by name' })).toBeVisible()
  })

  test('shows the server’s errors in Chinese', async ({ page, signedIn, instance }) => {
    await fillInstance(signedIn, instance.id)
    await page.goto(`/instances/${instance.id}/namespaces`)
    await page.getByRole('button', { name: '删除 team' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('删除后无法恢复')
    await dialog.getByRole('button', { name: /^删除/ }).click()
    await expect(dialog.getByRole('alert')).toContainText(/[\u4e00-\u9fff]/)
    await expect(dialog.getByRole('alert')).toContainText('team')
  })
})

test('follows the theme of the system until one is chosen', async ({ page, signedIn, instance }) => {
  await signInWithNewAccount(signedIn, instance)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/instances')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(isDark(await ground(page))).toBe(true)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(async () => isDark(await ground(page))).toBe(false)

  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('button', { name: 'Dark' }).click()
  await expect.poll(async () => isDark(await ground(page))).toBe(true)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(isDark(await ground(page))).toBe(true)
})

test('uses a Latin font for quotation marks in English', async ({ page, signedIn: _, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces?q=zzz`)
  const title = page.getByText('No namespaces match “zzz”')
  const faces = await title.evaluate((element) => getComputedStyle(element).fontFamily)
  expect(faces.indexOf('Arial')).toBeGreaterThan(-1)
  expect(faces.indexOf('Arial')).toBeLessThan(faces.indexOf('CJK'))
})
