import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from '@playwright/test'
import { switchLanguage } from './layout.ts'
import { RegistryClient } from './registry-client.ts'
import { ADMIN, startServer } from './server.ts'
import { test } from './test.ts'

test('stored domains that break the rules are shown as not in use, in both languages', async ({ page, playwright }) => {
  const data = await mkdtemp(join(tmpdir(), 'chartroom-e2e-domains-'))
  const first = await startServer({ CHARTROOM_DATA: data })
  const request = await playwright.request.newContext({ baseURL: first.url })
  const registry = new RegistryClient(request)
  await registry.signIn()
  const instanceId = await registry.defaultInstance()
  await request.dispose()
  await first.stop()
  // No API accepts such a domain: earlier releases did.
  const database = new DatabaseSync(join(data, 'chartroom.db'))
  const insert = database.prepare('insert into instance_domains (domain, instance_id) values (?, ?)')
  for (const domain of ['charts', 'helm.example.org']) insert.run(domain, instanceId)
  database.close()

  const server = await startServer({ CHARTROOM_DATA: data })
  try {
    await page.goto(`${server.url}/sign-in?to=${encodeURIComponent(`/instances/${instanceId}`)}`)
    await page.getByLabel('Account').fill(ADMIN.account)
    await page.getByLabel('Password').fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    const addresses = page.getByRole('region', { name: 'Addresses' })
    const lists = addresses.getByRole('list')
    await expect(lists).toHaveText(['helm.example.org', 'charts'])
    await expect(addresses).toContainText('Not in use: localhost, single-label names, IP addresses')
    await switchLanguage(page, '简体中文')
    await expect(
      page.getByText('未启用：localhost、单级名称、IP 地址以及本服务器自身的地址不能用作自定义域名。'),
    ).toBeVisible()
    await switchLanguage(page, 'English')

    // Saving replaces all domains, so the dialog asks for the removal of those not in use.
    await addresses.getByRole('button', { name: /^Edit the custom domains/ }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('textbox')).toHaveValue('helm.example.org\ncharts')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toContainText('charts')
    await dialog.getByRole('textbox').fill('helm.example.org')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(lists).toHaveText(['helm.example.org'])
    await expect(addresses).not.toContainText('Not in use')
  } finally {
    await server.stop()
    await rm(data, { recursive: true, force: true })
  }
})
