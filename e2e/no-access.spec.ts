import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { test } from './test.ts'

test('pages for administrators tell others that they have no access, and offer no action', async ({
  page,
  registry,
  signedIn,
  instance,
}) => {
  const guest = await registry.createMember(`guest of ${instance.id}`)
  await registry.giveRole(instance.id, guest.account, 'guest')
  await signedIn.signIn(guest)
  for (const path of [
    '/accounts',
    '/audit',
    ...['members', 'audit', 'robots'].map((at) => `/instances/${instance.id}/${at}`),
  ]) {
    await page.goto(path)
    const main = page.getByRole('main')
    await expect(main.getByRole('heading', { name: 'You have no access to this page' }), path).toBeVisible()
    await expect(main.getByRole('button'), path).toHaveCount(0)
  }
})

test('the document title names the subject of the page', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  await signedIn.push(instance.id, 'team', await makeChart({ name: 'nginx', version: '1.2.3' }))
  const chart = `/instances/${instance.id}/namespaces/team/charts/nginx`
  for (const [path, title] of [
    [`${chart}/information`, '1.2.3 · nginx · Chartroom'],
    [`${chart}/versions`, 'Version management · nginx · Chartroom'],
    [`${chart}/activity`, 'Activity · nginx · Chartroom'],
    [`/instances/${instance.id}/audit`, `Audit · ${instance.name} · Chartroom`],
  ] as const) {
    await page.goto(path)
    await expect(page).toHaveTitle(title)
  }
})
