import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

test('explains the rules of a name while typing, and creates the namespace', async ({
  page,
  signedIn: _,
  instance,
}) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('button', { name: 'Create namespace' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create namespace' })
  const name = dialog.getByLabel('Name', { exact: false }).first()
  const rules = dialog.getByRole('list', { name: 'Rules for the name' })
  await name.fill('Team_')
  await expect(rules.getByRole('listitem').filter({ hasText: 'starts and ends' })).toContainText('(not met)')
  await expect(rules.getByRole('listitem').filter({ hasText: 'lower-case' })).toContainText('(not met)')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog.getByText('This name does not meet the rules above')).toBeVisible()
  await name.fill('team-1')
  await expect(rules).not.toContainText('(not met)')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row', { name: /team-1/ })).toContainText('Private')

  await page.getByRole('button', { name: 'Create namespace' }).first().click()
  await name.fill('team-1')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('team-1')
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await name.fill('team-2')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

test('warns before making a namespace public, and makes it private again', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  await page.goto(`/instances/${instance.id}/namespaces`)
  const row = page.getByRole('row', { name: /team/ })
  await row.getByRole('button', { name: 'Make public: team' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make public: team' })
  await expect(dialog).toContainText('without signing in')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(row).toContainText('Private')

  await row.getByRole('button', { name: 'Make public: team' }).click()
  await dialog.getByRole('button', { name: 'Make public' }).click()
  await expect(row).toContainText('Public')
  await row.getByRole('button', { name: 'Make private: team' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make private' }).click()
  await expect(row).toContainText('Private')
})

test('creates an immutable namespace and makes it mutable', async ({ page, signedIn, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('button', { name: 'Create namespace' }).first().click()
  const creation = page.getByRole('dialog', { name: 'Create namespace' })
  await creation.getByLabel('Name', { exact: false }).first().fill('fixed')
  await creation.getByRole('radio', { name: /^Immutable/ }).check()
  await creation.getByRole('button', { name: 'Create', exact: true }).click()
  const row = page.getByRole('row', { name: /fixed/ })
  await expect(row).toContainText('Immutable')

  await row.getByRole('button', { name: 'Make mutable: fixed' }).click()
  const change = page.getByRole('dialog', { name: 'Make mutable: fixed' })
  await change.getByRole('button', { name: 'Make mutable' }).click()
  await expect(row.getByRole('button', { name: 'Make immutable: fixed' })).toBeVisible()
  await signedIn.push(instance.id, 'fixed', await makeChart({ name: 'nginx', version: '1.0.0' }))
  await signedIn.push(instance.id, 'fixed', await makeChart({ name: 'nginx', version: '1.0.0', files: { a: 'b' } }))
})

test('reports that a namespace was created but could not be made immutable', async ({ page, signedIn, instance }) => {
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('button', { name: 'Create namespace' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create namespace' })
  await dialog.getByLabel('Name', { exact: false }).first().fill('fixed')
  await dialog.getByRole('radio', { name: /^Immutable/ }).check()
  // Another client deletes it between the two requests.
  await page.route('**/namespaces/fixed/policy', async (route) => {
    await signedIn.deleteNamespace(instance.id, 'fixed')
    await route.continue()
  })
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByText('Namespace fixed created, but it could not be made immutable')).toBeVisible()
  await expect(dialog).toBeHidden()
})

test('deletes several empty namespaces at once, and none if one of them contains charts', async ({
  page,
  signedIn,
  instance,
}) => {
  for (const name of ['team-a', 'team-b', 'team-c']) await signedIn.createNamespace(instance.id, name)
  await signedIn.push(instance.id, 'team-b', await makeChart({ name: 'nginx', version: '1.0.0' }))
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('checkbox', { name: 'Select team-a' }).check()
  await page.getByRole('checkbox', { name: 'Select team-b' }).check()
  const bar = page.getByRole('region', { name: '2 selected' })
  await bar.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete these 2 namespaces?' })
  await dialog.getByRole('button', { name: 'Delete 2' }).click()
  await expect(dialog.getByRole('alert')).toContainText('team-b')
  await expect(dialog.getByRole('alert')).toContainText('1')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('checkbox', { name: 'Select team-b' }).uncheck()
  await page.getByRole('checkbox', { name: 'Select team-c' }).check()
  await bar.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete 2' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row', { name: /team-b/ })).toBeVisible()
})

test('finds a namespace by letters in order and links to its charts', async ({ page, signedIn, instance }) => {
  for (const name of ['platform', 'payments', 'databases']) await signedIn.createNamespace(instance.id, name)
  await page.goto(`/instances/${instance.id}/namespaces`)
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('pym')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('link', { name: 'payments', exact: true }).click()
  await expect(page).toHaveURL(`/instances/${instance.id}/charts?namespace=payments`)
  await expect(page.getByText('No charts in payments yet')).toBeVisible()
})
