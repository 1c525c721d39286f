import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { ADMIN } from './server.ts'
import { test } from './test.ts'

async function fillIn(page: Page, password: string) {
  await page.getByLabel('Account').fill(ADMIN.account)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('signs in and lands on the instance list', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await fillIn(page, ADMIN.password)
  await expect(page.getByRole('heading', { level: 1, name: 'Instance list' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'default', exact: true })).toBeVisible()
})

test('reports a wrong password, and then accepts the right one', async ({ page }) => {
  await page.goto('/sign-in')
  await fillIn(page, 'not the password')
  await expect(page.getByRole('alert')).toContainText(/password/i)
  await expect(page).toHaveURL(/\/sign-in/)
  await fillIn(page, ADMIN.password)
  await expect(page.getByRole('heading', { level: 1, name: 'Instance list' })).toBeVisible()
})

test('returns to the requested URL after sign-in, query included', async ({ page, registry, instance }) => {
  await registry.createNamespace(instance.id, 'team')
  await registry.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  await registry.push(instance.id, 'team', await makeChart({ name: 'redis', version: '1.0.0' }))
  await page.goto(`/instances/${instance.id}/charts?namespace=team&q=ngi`)
  await fillIn(page, ADMIN.password)
  await expect(page).toHaveURL(`/instances/${instance.id}/charts?namespace=team&q=ngi`)
  await expect(page.getByRole('link', { name: 'nginx' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'redis' })).toHaveCount(0)
})

test('never redirects to another site after sign-in', async ({ page, server }) => {
  await page.goto('/sign-in?to=//example.org/')
  await fillIn(page, ADMIN.password)
  await expect(page.getByRole('heading', { level: 1, name: 'Instance list' })).toBeVisible()
  expect(page.url().startsWith(server.url)).toBe(true)
})

test('signs out, and protects the pages again', async ({ page, signedIn: _ }) => {
  await page.goto('/instances')
  await page.getByRole('button', { name: /^Account admin/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.goto('/instances')
  await expect(page).toHaveURL(/\/sign-in\?to=/)
})

test('asks for the password over the page when the session expires, and continues', async ({
  page,
  signedIn,
  registry,
  instance,
}) => {
  await registry.createNamespace(instance.id, 'team')
  await registry.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.0.0' }))
  await page.goto(`/instances/${instance.id}/charts`)
  await expect(page.getByRole('link', { name: 'nginx' })).toBeVisible()

  await signedIn.signOut()
  await page.getByRole('button', { name: 'Refresh' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(dialog).toBeVisible()
  await expect(page.getByText('nginx').first()).toBeVisible()

  await dialog.getByLabel('Password').fill('not the password')
  await dialog.getByRole('button', { name: 'Sign in and continue' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('Password').fill(ADMIN.password)
  await dialog.getByRole('button', { name: 'Sign in and continue' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('link', { name: 'nginx' })).toBeVisible()
})
