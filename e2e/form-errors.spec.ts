import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './test.ts'

/** Forms: how to open each, what to type so that it is refused, and its button. */
const FORMS: Readonly<Record<string, (page: Page, instanceId: string) => Promise<{ form: Locator; submit: string }>>> =
  {
    'sign-in without a name': async (page) => {
      await page.context().clearCookies()
      await page.goto('/sign-in')
      return { form: page.getByRole('main'), submit: 'Sign in' }
    },
    'sign-in with a wrong password': async (page) => {
      await page.context().clearCookies()
      await page.goto('/sign-in')
      await page.getByLabel('Account').fill('ann')
      await page.getByLabel('Password').fill('wrong')
      return { form: page.getByRole('main'), submit: 'Sign in' }
    },
    'an instance without a name': async (page) => {
      await page.goto('/instances')
      await page.getByRole('button', { name: 'Create instance' }).click()
      return { form: page.getByRole('dialog', { name: 'Create instance' }), submit: 'Create' }
    },
    'a namespace without a name': async (page, instanceId) => {
      await page.goto(`/instances/${instanceId}/namespaces`)
      await page.getByRole('button', { name: 'Create namespace' }).first().click()
      return { form: page.getByRole('dialog', { name: 'Create namespace' }), submit: 'Create' }
    },
    'an account whose name is taken': async (page) => {
      await page.goto('/accounts')
      await page.getByRole('button', { name: 'Create account' }).click()
      const form = page.getByRole('dialog', { name: 'Create account' })
      await form.getByLabel('Name', { exact: false }).first().fill('admin')
      return { form, submit: 'Create' }
    },
    'a password change with a wrong current password': async (page) => {
      await page.goto('/account')
      await page.getByLabel('Current password').fill('not this one')
      await page.getByRole('textbox', { name: 'New password', exact: true }).fill('correct horse staple')
      await page.getByRole('textbox', { name: 'Repeat new password' }).fill('correct horse staple')
      return { form: page.getByRole('main'), submit: 'Change password' }
    },
  }

for (const [name, open] of Object.entries(FORMS)) {
  test(`an error moves neither fields nor buttons: ${name}`, async ({ page, signedIn: _, instance }) => {
    const { form, submit } = await open(page, instance.id)
    const button = form.getByRole('button', { name: submit, exact: true })
    await button.click({ trial: true })
    const before = await positions(form, button)
    await button.click()
    await expect(form.getByRole('alert').first()).toBeVisible()
    await expect(button).toBeEnabled()
    expect(await positions(form, button)).toEqual(before)
  })
}

/** Tops of the button and of the text fields, in pixels. */
async function positions(form: Locator, button: Locator): Promise<number[]> {
  const controls = [button, ...(await form.getByRole('textbox').all())]
  const boxes = await Promise.all(controls.map((control) => control.boundingBox()))
  return boxes.map((box) => Math.round(box?.y ?? Number.NaN))
}
