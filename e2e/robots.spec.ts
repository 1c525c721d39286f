import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

const NAME = 'ccr$ci'

/** Waits for the dialog of a secret to be complete and returns the secret. */
async function secretIn(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: `Secret of ${NAME}` })
  await dialog.getByText('Kubernetes Secret').waitFor()
  return (await dialog.locator('code').first().textContent()) ?? ''
}
const done = async (page: Page) => {
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('creates a robot for one namespace, shows its secret once with ready-made commands; disables, rotates and deletes it', async ({
  page,
  context,
  signedIn,
  instance,
  server,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  for (const namespace of ['team', 'other']) {
    await signedIn.createNamespace(instance.id, namespace)
    await signedIn.push(instance.id, namespace, await makeChart({ name: 'nginx', version: '1.0.0' }))
  }
  const opens = (secret: string, namespace = 'team') => signedIn.opens(instance.id, namespace, { name: NAME, secret })
  const copied = () => page.evaluate(() => navigator.clipboard.readText())

  await page.goto(`/instances/${instance.id}`)
  await page.getByRole('link', { name: 'Robot accounts' }).click()
  await expect(page.getByText('No robot accounts in this instance yet')).toBeVisible()
  await page.getByRole('button', { name: 'Create robot account' }).first().click()
  const creating = page.getByRole('dialog', { name: 'Create robot account' })
  await creating.getByRole('textbox', { name: 'Name', exact: true }).fill('Not good')
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(creating.getByRole('textbox', { name: 'Name', exact: true })).toHaveAttribute('aria-invalid', 'true')
  await creating.getByRole('textbox', { name: 'Name', exact: true }).fill('ci')
  await creating.getByLabel('Description').fill('Builds of the web team')
  await creating.getByText('Selected namespaces', { exact: true }).click()
  await creating.getByRole('combobox', { name: 'Namespaces' }).click()
  await page.getByTitle('team', { exact: true }).click()
  await creating.getByText('30 days', { exact: true }).click()
  await expect(creating.getByText(`${NAME}: Pull in team. Expires in 30 days.`)).toBeVisible()
  await creating.getByRole('button', { name: 'Create', exact: true }).click()

  const first = await secretIn(page)
  const host = new URL(server.url).host
  await page.getByRole('button', { name: 'Copy: Sign in to the OCI registry' }).click()
  await expect
    .poll(copied)
    .toBe(`echo ${first} | helm registry login ${host} --username '${NAME}' --plain-http --password-stdin`)
  await page.getByRole('button', { name: 'Copy: Kubernetes Secret' }).click()
  await expect.poll(copied).toContain('type: kubernetes.io/dockerconfigjson')
  await page.getByRole('button', { name: 'Copy: Environment' }).click()
  await expect.poll(copied).toContain(`HELM_REGISTRY_PASSWORD=${first}`)
  await done(page)
  await expect(page.getByText(first)).toHaveCount(0)
  expect([await opens(first), await opens(first, 'other')]).toEqual([200, 403])

  const row = page.getByRole('row', { name: NAME })
  await expect(row).toContainText('Pull in team')
  await expect(row.getByText('Expires in')).toHaveCount(0)
  await row.getByRole('button', { name: `Disable ${NAME}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toBeVisible()
  expect(await opens(first)).toBe(401)
  await row.getByRole('button', { name: `Enable ${NAME}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toHaveCount(0)
  expect(await opens(first)).toBe(200)

  await row.getByRole('button', { name: `New secret for ${NAME}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click()
  const second = await secretIn(page)
  await done(page)
  expect([await opens(first), await opens(second)]).toEqual([401, 200])

  await row.getByRole('button', { name: `Edit ${NAME}` }).click()
  const changing = page.getByRole('dialog', { name: `Edit ${NAME}` })
  await changing.getByText('Pull and push', { exact: true }).click()
  await changing.getByText('All namespaces', { exact: true }).click()
  await changing.getByText('Other', { exact: true }).click()
  await changing.getByLabel('Days valid').fill('3')
  await changing.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Pull and push in all namespaces')
  await expect(row.getByText('Expires in 3 days')).toBeVisible()
  expect(await opens(second, 'other')).toBe(200)

  await row.getByRole('button', { name: `Delete ${NAME}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No robot accounts in this instance yet')).toBeVisible()
  expect(await opens(second)).toBe(401)
})

test('warns of robots that expire soon, and keeps the status filter in the URL', async ({
  page,
  signedIn,
  instance,
}) => {
  await signedIn.createRobot(instance.id, 'far', { duration: 15 })
  await signedIn.createRobot(instance.id, 'soon', { duration: 14 })
  await signedIn.createRobot(instance.id, 'near', { duration: 3, disable: true })
  await signedIn.createRobot(instance.id, 'ever')
  await page.goto(`/instances/${instance.id}/robots`)
  const row = (name: string) => page.getByRole('row', { name: `ccr$${name}` })
  await expect(row('soon').getByText('Expires in 14 days')).toBeVisible()
  await expect(row('near').getByText('Expires in 3 days')).toBeVisible()
  for (const name of ['far', 'ever']) await expect(row(name).getByText('Expires in')).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByTitle('Disabled', { exact: true }).click()
  await expect(page).toHaveURL(/status=disabled/)
  await expect(row('near')).toBeVisible()
  await expect(row('soon')).toHaveCount(0)
  await page.reload()
  await expect(row('near')).toBeVisible()
  await expect(row('soon')).toHaveCount(0)
})
