import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { RegistryClient } from './registry-client.ts'
import { test } from './test.ts'

/** Reads the secret that a dialog shows once. */
async function secretIn(page: Page, title: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: title })
  const secret = (await dialog.locator('code').first().textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  return secret
}

test('gives a member a fixed and a temporary password that work in helm, with the commands to log in', async ({
  browser,
  registry,
  instance,
  server,
}) => {
  await registry.createNamespace(instance.id, 'team')
  await registry.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  const { account, password } = await registry.createMember(`cy of ${instance.name}`)
  await registry.giveRole(instance.id, account, 'guest', 'team')
  const context = await browser.newContext({
    baseURL: server.url,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await new RegistryClient(context.request).signIn({ account, password })
  const page = await context.newPage()
  const opens = (secret: string) => registry.opens(instance.id, 'team', { name: account, secret })

  await page.goto(`/instances/${instance.id}`)
  await expect(page.getByRole('link', { name: 'Robot accounts' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Access credentials' }).click()
  const fixed = page.getByRole('region', { name: 'Fixed password' })
  await expect(fixed).toContainText('Not set')

  await fixed.getByRole('button', { name: 'Set fixed password' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Set fixed password' }).click()
  const shown = page.getByRole('dialog', { name: 'Your fixed password' })
  await shown.getByRole('button', { name: 'Copy the password' }).click()
  const made = await secretIn(page, 'Your fixed password')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(made)
  await expect(page.getByText(made)).toHaveCount(0)
  await expect(fixed).not.toContainText('Not set')
  expect(await opens(made)).toBe(200)

  await fixed.getByRole('button', { name: 'Replace fixed password' }).click()
  const replacing = page.getByRole('dialog', { name: 'Replace fixed password' })
  await expect(replacing).toContainText('stops working immediately')
  await replacing.getByText('Enter manually').click()
  await replacing.getByLabel(/^Password/).fill('lower0nly')
  await expect(replacing.getByRole('listitem').filter({ hasText: 'upper-case' })).toContainText('not met')
  await replacing.getByRole('button', { name: 'Replace fixed password' }).click()
  await expect(replacing.getByLabel(/^Password/)).toHaveAttribute('aria-invalid', 'true')
  await replacing.getByLabel(/^Password/).fill('Correct1horse')
  await replacing.getByRole('button', { name: 'Replace fixed password' }).click()
  await expect(replacing).toBeHidden()
  expect([await opens(made), await opens('Correct1horse')]).toEqual([401, 200])

  const temporary = page.getByRole('region', { name: 'Temporary passwords' })
  await temporary.getByRole('button', { name: 'Create temporary password' }).click()
  const getting = page.getByRole('dialog', { name: 'Create temporary password' })
  await getting.getByLabel('Hours').fill('25')
  await getting.getByRole('button', { name: 'Create' }).click()
  await expect(getting.getByLabel('Hours')).toHaveAttribute('aria-invalid', 'true')
  await getting.getByLabel('Hours').fill('2')
  await getting.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('dialog', { name: 'Your temporary password' })).toContainText('2 hours')
  const issued = await secretIn(page, 'Your temporary password')
  await expect(temporary.getByRole('listitem')).toHaveCount(1)
  expect([await opens(issued), await opens('Correct1horse')]).toEqual([200, 200])

  const host = new URL(server.url).host
  const lines = page.getByRole('region', { name: 'Sign in with Helm' })
  await lines.getByRole('button', { name: 'Copy: OCI registry' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toBe(`helm registry login ${host} --username '${account}' --plain-http`)
  await lines.getByRole('button', { name: 'Copy: Chart repository' }).click()
  const repository = `http://${host}/${instance.id}/chartrepo`
  await expect
    .poll(copied)
    .toBe(`helm repo add ${instance.name.replace(' ', '-')} ${repository} --username '${account}'`)
  await context.close()
})
