import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { ADMIN } from './server.ts'
import { test } from './test.ts'

/** Presses Tab until an element with this role and name has the focus. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) {
  const wanted = page.getByRole(role, { name }).first()
  await wanted.waitFor()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

test('signs in, uploads and deletes a version without a mouse', async ({ page, registry, instance }) => {
  await registry.createNamespace(instance.id, 'team')
  for (const version of ['1.0.0', '1.1.0']) {
    await registry.push(instance.id, 'team', await makeChart({ name: 'nginx', version }))
  }
  await page.goto(`/instances/${instance.id}/charts`)
  await page.getByLabel('Account').waitFor()
  await page.keyboard.type(ADMIN.account)
  await page.keyboard.press('Tab')
  await page.keyboard.type(ADMIN.password)
  await page.keyboard.press('Enter')

  await tabTo(page, 'link', 'nginx')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'nginx' })).toBeFocused()

  await tabTo(page, 'button', 'Delete nginx 1.0.0')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete this version?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Delete nginx 1.0.0' })).toHaveCount(0)
  expect(Object.keys(await registry.digests(instance.id, 'team', 'nginx'))).toEqual(['1.1.0'])
})

test('the skip link moves the focus to the content, and U opens the upload dialog', async ({
  page,
  signedIn,
  instance,
}) => {
  await signedIn.createNamespace(instance.id, 'team')
  await page.goto(`/instances/${instance.id}/charts`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('u')
  const dialog = page.getByRole('dialog', { name: 'Upload Helm charts' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
