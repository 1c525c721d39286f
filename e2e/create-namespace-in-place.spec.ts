import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import { test } from './test.ts'
import { fileOf, openDialog, row } from './upload-dialog.ts'

test('creates the first namespace of an instance while uploading', async ({ page, signedIn, instance }) => {
  const dialog = await openDialog(page, instance.id, null)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [
    fileOf(await makeChart({ name: 'nginx', version: '1.0.0' })),
  ])
  const namespace = dialog.getByRole('combobox', { name: /Namespace/ })
  await namespace.click()
  await expect(dialog.getByTitle('Create namespace…: Type its name above.')).toBeVisible()
  await namespace.fill('Team')
  await expect(dialog.getByTitle('Create namespace “Team”: Name: only lower-case letters')).toBeVisible()
  await namespace.fill('team')
  await dialog.getByTitle('Create namespace “team”', { exact: true }).click()
  await expect(page.getByText('Namespace team created.')).toBeVisible()
  await expect(row(dialog, 'nginx 1.0.0')).toContainText('New')
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
  expect(await signedIn.charts(instance.id, 'team')).toEqual(['nginx'])
})

test('offers creation last among matching namespaces, also by keyboard, but not for a taken name', async ({
  page,
  signedIn,
  instance,
}) => {
  for (const name of ['team', 'team-b']) await signedIn.createNamespace(instance.id, name)
  const dialog = await openDialog(page, instance.id, null)
  const namespace = dialog.getByRole('combobox', { name: /Namespace/ })
  await namespace.fill('team')
  await expect(dialog.getByTitle('team', { exact: true })).toBeVisible()
  await expect(dialog.getByTitle('team-b', { exact: true })).toBeVisible()
  await expect(dialog.getByTitle('Create namespace “team”: This name is taken.')).toBeVisible()
  await namespace.fill('team-c')
  await expect(dialog.getByTitle('team-b', { exact: true })).toBeHidden()
  await expect(dialog.getByTitle('Create namespace “team-c”', { exact: true })).toBeVisible()
  await namespace.press('Enter')
  await expect(page.getByText('Namespace team-c created.')).toBeVisible()
  await expect(dialog.getByText('Choose a namespace for the charts.')).toBeHidden()
})

test('tells an account without the right who can create namespaces', async ({ page, registry, signedIn, instance }) => {
  await registry.createNamespace(instance.id, 'team')
  await registry.createNamespace(instance.id, 'team-b')
  const developer = await registry.createMember('dora-in-place')
  await registry.giveRole(instance.id, developer.account, 'developer')
  await signedIn.signIn(developer)
  const dialog = await openDialog(page, instance.id, null)
  const namespace = dialog.getByRole('combobox', { name: /Namespace/ })
  await namespace.fill('mine')
  const entry = dialog.getByTitle('Create namespace “mine”: Only maintainers of the instance can create namespaces.')
  await expect(entry).toBeVisible()
  await namespace.press('Enter')
  await expect(dialog.getByText('Choose a namespace for the charts.')).toBeVisible()
})

test('creates the first namespace while creating a robot account', async ({ page, signedIn: _, instance }) => {
  await page.goto(`/instances/${instance.id}/robots`)
  await page.getByRole('button', { name: 'Create robot account' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('ci')
  await dialog.getByRole('radio', { name: /Selected namespaces/ }).check()
  const namespaces = dialog.getByRole('combobox', { name: /Namespaces/ })
  for (const name of ['team', 'team-b']) {
    await namespaces.fill(name)
    await dialog.getByTitle(`Create namespace “${name}”`, { exact: true }).click()
    await expect(page.getByText(`Namespace ${name} created.`)).toBeVisible()
  }
  await expect(dialog.getByTitle('team', { exact: true }).first()).toBeVisible()
  await expect(dialog.getByTitle('team-b', { exact: true }).first()).toBeVisible()
})

test('links from Members to accounts, and from How to connect to passwords', async ({ page, signedIn, instance }) => {
  await page.goto(`/instances/${instance.id}/members`)
  await page.getByRole('button', { name: 'Add member' }).first().click()
  await page.getByRole('dialog').getByRole('link', { name: 'Create accounts' }).click()
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()

  await signedIn.createNamespace(instance.id, 'team')
  await page.goto(`/instances/${instance.id}/charts?namespace=team&connect=helm-4`)
  await page.getByRole('dialog').getByRole('link', { name: 'Create access credentials' }).click()
  await expect(page.getByRole('heading', { name: 'Access credentials', level: 1 })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
