import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startProvider, type TestProvider } from '../../oidc/testing/start-provider.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { ledTo, walkBy } from '../testing/provider-walk.ts'

/** Roles and grants that follow from the groups in the provider's claims. */

let provider: TestProvider
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())

let server: TestApp
beforeEach(async () => {
  provider.people.clear()
  server = await openTestApp({ oidc: provider.config({ CHARTROOM_OIDC_GRANTS: RULES }) })
})
afterEach(() => server.close())

const RULES =
  'platform=administrator; staff=member; dev=developer@default/team; cn=ops,ou=x=maintainer@default; dev=guest@default/team; dev=guest@nowhere'

/** Signs in as a person in these groups; returns the outcome, role and grants. */
async function enter(person: string, groups: unknown, claims: Record<string, unknown> = {}) {
  provider.people.set(person, { preferred_username: person, groups, ...claims })
  const walk = walkBy(server, provider)
  const led = ledTo(await walk.signIn(person))
  const cookie = `chartroom_session=${walk.cookies.get('chartroom_session')}`
  const session = led.refused
    ? null
    : await (await server.ask('GET', '/console/session', { headers: { cookie } })).json()
  return { refused: led.refused, role: session?.account.role, grants: session?.grants, cookie }
}

const grant = (namespace: string | null, role: string) => ({ instanceId: server.instance, namespace, role })
const revision = async (name: string) =>
  (
    await server.registry.database.read
      .selectFrom('accounts')
      .select(['credential_revision', 'role_source'])
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
  ).credential_revision

test('groups map to roles by the rules: the highest role per scope, whatever the name of the group', async () => {
  expect(await enter('ann', ['dev', 'else'])).toMatchObject({ role: 'member', grants: [grant('team', 'developer')] })
  expect(await enter('ops', ['cn=ops,ou=x', 'dev'])).toMatchObject({
    grants: [grant(null, 'maintainer'), grant('team', 'developer')],
  })
  expect(await enter('root', 'platform')).toMatchObject({ role: 'administrator', grants: [] })
  expect(await enter('bob', ['staff'])).toMatchObject({ role: 'member', grants: [] })
})

test('without a matching rule no account is created; without rules everyone gets one', async () => {
  for (const groups of [['else'], [], undefined, [7, null], 'dev,platform']) {
    expect(await enter('mallory', groups), String(groups)).toMatchObject({ refused: 'provider-account-missing' })
  }
  const everyone = await openTestApp({ oidc: provider.config({ CHARTROOM_OIDC_GRANTS: '*=guest@default' }) })
  const without = await openTestApp({ oidc: provider.config() })
  for (const open of [everyone, without]) {
    expect(ledTo(await walkBy(open, provider).signIn('mallory'))).toMatchObject({ refused: null })
    await open.close()
  }
})

test('each sign-in replaces the grants of the previous one, and keeps those given by people', async () => {
  await server.namespace('team')
  await enter('ann', ['dev'])
  const body = { account: 'ann', role: 'guest', namespaces: ['team'] }
  await server.ask('PUT', `/console/instances/${server.instance}/members`, { body })
  const revisionBefore = await revision('ann')
  const events = await recordedBy(server, async () => {
    expect(await enter('ann', ['dev', 'cn=ops,ou=x'])).toMatchObject({
      grants: [grant(null, 'maintainer'), grant('team', 'guest'), grant('team', 'developer')],
    })
    expect(await revision('ann')).toBe(revisionBefore)
    expect(await enter('ann', ['staff'])).toMatchObject({ grants: [grant('team', 'guest')] })
  })
  expect(await revision('ann')).toBe(revisionBefore + 1)
  expect(events).toMatchObject([
    {
      action: 'grant.give',
      subject: 'ann: maintainer',
      actor: 'ann',
      credential: 'oidc',
      instance_id: server.instance,
    },
    { action: 'sign-in' },
    { action: 'grant.take', subject: 'ann' },
    { action: 'grant.take', subject: 'ann' },
    { action: 'sign-in' },
  ])
  const taken = events.filter(({ action }) => action === 'grant.take')
  expect(taken.map(({ namespace }) => namespace).toSorted()).toEqual(['team', undefined])
})

test('the provider demotes only administrators that it promoted', async () => {
  expect(await enter('ann', ['platform'])).toMatchObject({ role: 'administrator' })
  const before = await revision('ann')
  expect(await enter('ann', ['staff'])).toMatchObject({ role: 'member' })
  expect(await revision('ann')).toBe(before + 1)
  const { items } = await (await server.ask('GET', '/console/accounts?query=ann')).json()
  await server.ask('PUT', `/console/accounts/${items[0].id}`, { body: { role: 'administrator' } })
  expect(await enter('ann', ['platform'])).toMatchObject({ role: 'administrator' })
  expect(await enter('ann', [])).toMatchObject({ role: 'administrator', refused: null })
})

test('a disabled account cannot sign in, and its session ends at once', async () => {
  const { cookie } = await enter('ann', ['dev'])
  const { items } = await (await server.ask('GET', '/console/accounts?query=ann')).json()
  await server.ask('PUT', `/console/accounts/${items[0].id}`, { body: { disabled: true } })
  expect((await server.ask('GET', '/console/session', { headers: { cookie } })).status).toBe(401)
  const events = await recordedBy(server, async () => {
    expect(await enter('ann', ['platform'])).toMatchObject({ refused: 'provider-account-disabled' })
  })
  expect(events).toMatchObject([{ outcome: 'denied', actor: 'ann', reason: 'provider-account-disabled' }])
})

describe('the name of an account', () => {
  test('is the first valid claim; an email address only if verified', async () => {
    const claims = { preferred_username: 'with:colon', email: 'ann@example.org' }
    expect(await enter('1', ['staff'], claims)).toMatchObject({ refused: null })
    const { items } = await (await server.ask('GET', '/console/accounts?query=ann@example.org')).json()
    expect(items).toMatchObject([{ name: 'ann@example.org', signsInBy: { password: false, provider: true } }])
    const unverified = { ...claims, email: 'boss@example.org', email_verified: false }
    expect(await enter('2', ['staff'], unverified)).toMatchObject({ refused: 'provider-name-missing' })
    expect(await enter('3', ['staff'], { preferred_username: 'ccr$robot' })).toMatchObject({
      refused: 'provider-name-missing',
    })
  })

  test('is unique: an account is never taken over by its name, in any case', async () => {
    for (const name of ['admin', 'ADMIN']) {
      expect(await enter(`as ${name}`, ['platform'], { preferred_username: name })).toMatchObject({
        refused: 'provider-name-taken',
      })
    }
    await enter('ann', ['staff'])
    expect(await enter('other', ['staff'], { preferred_username: 'ann' })).toMatchObject({
      refused: 'provider-name-taken',
    })
  })
})

test('an account from the provider has no password for the APIs for Helm', async () => {
  await enter('ann', ['platform'])
  for (const password of ['', 'none', 'any']) {
    const Authorization = `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`
    expect((await server.askAnonymously('GET', '/v2/', { headers: { Authorization } })).status).toBe(401)
  }
})
