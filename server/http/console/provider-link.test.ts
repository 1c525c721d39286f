import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startProvider, type TestProvider } from '../../oidc/testing/start-provider.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'
import { ledTo, type ProviderWalk, walkBy } from '../testing/provider-walk.ts'

/** Linking an existing account to an identity of the provider. */

let provider: TestProvider
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())

let server: TestApp
let walk: ProviderWalk
beforeEach(async () => {
  provider.people.clear()
  server = await openTestApp({ oidc: provider.config({ CHARTROOM_OIDC_GRANTS: 'dev=guest@default' }) })
  walk = walkBy(server, provider)
})
afterEach(() => server.close())

const path = '/console/account/provider'

/** Begins while signed in by password, with the cookies of that browser. */
async function begin(ask: TestApp['ask'], cookie: string): Promise<string> {
  const answer = await ask('POST', path)
  for (const line of [cookie, ...answer.headers.getSetCookie()]) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    walk.cookies.set(name, value)
  }
  return (await answer.json()).location
}

test('a linked account signs in through the provider, with grants by its claims', async () => {
  provider.people.set('boss', { preferred_username: 'admin', groups: ['dev'] })
  expect(ledTo(await walk.signIn('boss'))).toMatchObject({ refused: 'provider-name-taken' })
  const events = await recordedBy(server, async () => {
    const location = await begin(server.ask, server.cookie)
    const answer = await walk.comeBack(await walk.atProvider.signIn(location, 'boss'))
    expect(ledTo(answer)).toEqual({ path: '/account', refused: null, to: null })
  })
  expect(events).toMatchObject([
    { action: 'account.link', actor: 'admin', subject: 'admin', credential: 'session' },
    { action: 'grant.give', actor: 'admin', subject: 'admin: guest' },
  ])
  const later = walkBy(server, provider)
  await later.signIn('boss')
  const cookie = `chartroom_session=${later.cookies.get('chartroom_session')}`
  const session = await (await server.ask('GET', '/console/session', { headers: { cookie } })).json()
  expect(session.account).toEqual({
    name: 'admin',
    role: 'administrator',
    signsInBy: { password: true, provider: true },
  })
})

test('an identity that belongs to another account cannot be linked', async () => {
  provider.people.set('ann', { preferred_username: 'ann', groups: ['dev'] })
  await walkBy(server, provider).signIn('ann')
  const location = await begin(server.ask, server.cookie)
  const answer = await walk.comeBack(await walk.atProvider.signIn(location, 'ann'))
  expect(ledTo(answer)).toMatchObject({ path: '/account', refused: 'provider-linked-elsewhere' })
})

test('linking fails without the session that began it', async () => {
  const location = await begin(server.ask, server.cookie)
  const answer = await walk.atProvider.signIn(location, 'ann')
  walk.cookies.delete('chartroom_session')
  expect(ledTo(await walk.comeBack(answer))).toMatchObject({ path: '/account', refused: 'sign-in-lost' })
})

test('linking cannot begin from another site, without a session, or without a provider', async () => {
  const headers = { Origin: 'https://evil.example' }
  expect(await refusalOf(await server.ask('POST', path, { headers }))).toMatchObject({ status: 403 })
  expect((await server.askAnonymously('POST', path)).status).toBe(401)
  const without = await openTestApp()
  expect((await without.ask('POST', path)).status).toBe(404)
  await without.close()
})
