import { expect, type Locator, type Page } from '@playwright/test'
import { fillInstance } from './fill-instance.ts'
import { test } from './test.ts'

/** A form, how to submit it with invalid input, and with input that the server then refuses. */
interface Form {
  readonly path: string
  readonly open?: string | RegExp
  /** Selects options and fills fields, before positions are measured. */
  readonly prepare?: (form: Locator) => Promise<unknown>
  readonly submit: string
  /** Whether the first submission is refused by the form itself. */
  readonly invalid: boolean
  /** Fills what makes the form valid, so that the request is sent. */
  readonly complete?: (form: Locator) => Promise<unknown>
  readonly request: string
}

const PASSWORD = 'Password-123'
const enter = (form: Locator) => form.getByRole('radio', { name: /^Enter/ }).check({ force: true })

const FORMS = (id: string): Readonly<Record<string, Form>> => ({
  'create instance': {
    path: '/instances',
    open: 'Create instance',
    prepare: (form) => form.getByRole('button', { name: 'Add tag' }).click(),
    submit: 'Create',
    invalid: true,
    complete: async (form) => {
      await form.getByLabel('Instance name').fill('another')
      await form.getByRole('button', { name: /^Remove tag/ }).click()
    },
    request: '/v1/instances',
  },
  'edit tags': {
    path: '/instances',
    open: 'Edit tags of default',
    prepare: async (form) => {
      await form.getByRole('button', { name: 'Add tag' }).click()
      await form.getByRole('button', { name: 'Add tag' }).click()
    },
    submit: 'Save',
    invalid: true,
    request: '',
  },
  'rename instance': {
    path: '/instances',
    open: 'Rename default',
    prepare: (form) => form.getByLabel('Instance name').fill(''),
    submit: 'Save',
    invalid: true,
    complete: (form) => form.getByLabel('Instance name').fill('renamed'),
    request: '/v1/instances',
  },
  'custom domains': {
    path: `/instances/${id}`,
    open: /^Edit the custom domains/,
    prepare: (form) => form.getByRole('textbox').fill('not_a_host'),
    submit: 'Save',
    invalid: true,
    complete: (form) => form.getByRole('textbox').fill('helm.example.org'),
    request: '/domains',
  },
  'create namespace': {
    path: `/instances/${id}/namespaces`,
    open: 'Create namespace',
    submit: 'Create',
    invalid: true,
    complete: (form) => form.getByLabel(/^Name/).fill('fresh'),
    request: '/projects',
  },
  'create robot account': {
    path: `/instances/${id}/robots`,
    open: 'Create robot account',
    prepare: async (form) => {
      await form.getByRole('radio', { name: /^Selected namespaces/ }).check({ force: true })
      await form.getByRole('radio', { name: 'Other', exact: true }).check({ force: true })
      await form.getByLabel(/^Days/).fill('0')
    },
    submit: 'Create',
    invalid: true,
    request: '',
  },
  'create account': {
    path: '/accounts',
    open: 'Create account',
    prepare: enter,
    submit: 'Create',
    invalid: true,
    complete: async (form) => {
      await form.getByLabel(/^Account name/).fill('someone')
      await form.getByLabel(/^Password/).fill(PASSWORD)
    },
    request: '/console/accounts',
  },
  'add member': {
    path: `/instances/${id}/members`,
    open: 'Add member',
    prepare: (form) => form.getByRole('radio', { name: /^Selected namespaces/ }).check({ force: true }),
    submit: 'Add',
    invalid: true,
    request: '',
  },
  'set fixed password': {
    path: `/instances/${id}/credentials`,
    open: 'Set fixed password',
    prepare: enter,
    submit: 'Set fixed password',
    invalid: true,
    complete: (form) => form.getByLabel(/^Password/).fill(PASSWORD),
    request: '/credential',
  },
  'temporary password': {
    path: `/instances/${id}/credentials`,
    open: 'Create temporary password',
    prepare: (form) => form.getByLabel(/^Hours/).fill('0'),
    submit: 'Create',
    invalid: true,
    complete: (form) => form.getByLabel(/^Hours/).fill('1'),
    request: '/credential',
  },
  'create access key': {
    path: '/account/access-keys',
    open: 'Create access key',
    submit: 'Create',
    invalid: false,
    request: '/access-keys',
  },
  'make public': {
    path: `/instances/${id}/namespaces`,
    open: 'Make public: team',
    submit: 'Make public',
    invalid: false,
    request: '/projects',
  },
  'delete chart': {
    path: `/instances/${id}/charts?namespace=team`,
    open: 'Delete nginx',
    prepare: (form) => form.getByRole('textbox').fill('nginx'),
    submit: 'Delete',
    invalid: false,
    request: '/charts',
  },
  'change password': {
    path: '/account',
    submit: 'Change password',
    invalid: true,
    complete: async (form) => {
      await form.getByLabel(/^Current password/).fill(PASSWORD)
      await form.getByLabel(/^New password/).fill(PASSWORD)
      await form.getByLabel(/^Repeat/).fill(PASSWORD)
    },
    request: '/password',
  },
})

for (const width of [390, 1440]) {
  test(`the errors of a form move none of its controls at ${width} px`, async ({ page, signedIn, instance }) => {
    await page.setViewportSize({ width, height: 900 })
    await fillInstance(signedIn, instance.id)
    for (const [name, form] of Object.entries(FORMS(instance.id))) {
      await test.step(name, () => expectStill(page, name, form))
    }
  })
}

async function expectStill(page: Page, name: string, form: Form): Promise<void> {
  await page.goto(form.path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  if (form.open) await page.getByRole('button', { name: form.open, exact: true }).first().click()
  const place = form.open ? page.getByRole('dialog').last() : page.getByRole('main')
  const submit = place.getByRole('button', { name: form.submit, exact: form.submit !== 'Delete' })
  await submit.waitFor()
  await form.prepare?.(place)
  if (form.invalid) await expectSamePlaces(place, submit, `${name}, invalid`)
  await form.complete?.(place)
  if (!form.request) return
  // The server's refusal of any such request would do; a lost connection is one that every form can meet.
  await page.route(
    (url) => url.pathname.includes(form.request),
    (route) =>
      route.request().method() === 'GET' || route.request().method() === 'HEAD' ? route.fallback() : route.abort(),
  )
  await expectSamePlaces(place, submit, `${name}, failed`)
  await page.unrouteAll()
}

/** Submits, waits for an error, and compares the positions of all controls. */
async function expectSamePlaces(place: Locator, submit: Locator, name: string): Promise<void> {
  await submit.scrollIntoViewIfNeeded()
  const before = await placesOf(place)
  await submit.click()
  await place.getByRole('alert').first().waitFor()
  await expect(submit).toBeEnabled()
  expect.soft(await placesOf(place), name).toEqual(before)
  expect(before.length, name).toBeGreaterThan(1)
}

/** Position of every control, relative to the first one, as a form may scroll. */
function placesOf(place: Locator): Promise<string[]> {
  return place.locator('input:not([hidden]), textarea, button, select, legend').evaluateAll((all) => {
    const top = all[0]?.getBoundingClientRect().top ?? 0
    return all
      .filter((element) => element.checkVisibility())
      .map((element) => {
        const box = element.getBoundingClientRect()
        return `${element.getAttribute('aria-label') ?? element.textContent} ${Math.round(box.left)},${Math.round(box.top - top)}`
      })
  })
}
