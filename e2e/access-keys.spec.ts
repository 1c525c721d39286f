import { expect, type Page } from '@playwright/test'
import { RegistryClient } from './registry-client.ts'
import { test } from './test.ts'

/** Signs the browser in to a new account without access keys. */
async function signInWithNewAccount(page: Page, registry: RegistryClient, name: string) {
  await new RegistryClient(page.context().request).signIn(await registry.createMember(name))
}

test('creates an access key whose secret is shown once; rotates, disables and deletes it', async ({
  page,
  server,
  registry,
  instance,
}) => {
  await signInWithNewAccount(page, registry, `eve of ${instance.name}`)
  await page.goto('/account')
  await page.getByRole('link', { name: 'Manage access keys' }).click()
  await page.getByRole('button', { name: 'Create access key' }).first().click()
  const creating = page.getByRole('dialog', { name: 'Create access key' })
  await creating.getByLabel('Purpose').fill('x'.repeat(257))
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(creating.getByLabel('Purpose')).toHaveAttribute('aria-invalid', 'true')
  await creating.getByLabel('Purpose').fill('nightly build')
  await creating.getByRole('button', { name: 'Create', exact: true }).click()

  const shown = page.getByRole('dialog', { name: /^New access key/ })
  const lines = (await shown.locator('pre', { hasText: 'export CHARTROOM_ENDPOINT' }).textContent()) ?? ''
  const [endpoint, id = '', secret = ''] = lines.split('\n').map((line) => line.split('=')[1])
  expect(endpoint).toBe(server.url)
  expect([id, secret]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)])
  await expect(shown.locator('pre', { hasText: "from '@baiducloud/sdk'" })).toBeVisible()
  await shown.getByText('Shell, curl and openssl', { exact: true }).first().click()
  await expect(shown.locator('pre', { hasText: 'openssl dgst -sha256' })).toBeVisible()
  await shown.getByRole('button', { name: 'Done' }).click()
  await expect(shown).toBeHidden()
  const row = page.getByRole('row', { name: id })
  await expect(row).toContainText('nightly build')
  await expect(row).toContainText('Never')
  await page.reload()
  await expect(row).toBeVisible()
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('button', { name: `Rotate ${id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
  await expect(shown.getByText(`The old key ${id} still works.`)).toBeVisible()
  await expect(row.getByText('Disabled', { exact: true })).toHaveCount(0)
  await shown.getByRole('button', { name: 'Disable the old key' }).click()
  await expect(shown.getByText(`${id} disabled.`)).toBeVisible()
  await shown.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row', { name: 'nightly build' })).toHaveCount(2)
  await expect(row.getByText('Disabled', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: `Enable ${id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: `Disable ${id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: `Delete ${id}` }).click()
  const deleting = page.getByRole('dialog', { name: 'Delete this access key?' })
  await expect(deleting).toContainText('nightly build')
  await deleting.getByRole('button', { name: 'Delete' }).click()
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('row', { name: 'nightly build' })).toHaveCount(1)
})

test('explains the limit of access keys when it is reached', async ({ page, registry, instance }) => {
  await signInWithNewAccount(page, registry, `fay of ${instance.name}`)
  for (let number = 0; number < 10; number++) {
    await page.request.post('/console/account/access-keys', {
      headers: { 'X-Requested-With': 'chartroom' },
      data: { description: `key ${number}` },
    })
  }
  await page.goto('/account/access-keys')
  await page.getByRole('button', { name: 'Create access key' }).click()
  const creating = page.getByRole('dialog', { name: 'Create access key' })
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(creating.getByRole('alert')).toContainText('10 access keys')
})
