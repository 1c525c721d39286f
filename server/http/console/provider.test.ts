import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startProvider, type TestProvider } from '../../oidc/testing/start-provider.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { ledTo, type ProviderWalk, walkBy } from '../testing/provider-walk.ts'

let provider: TestProvider
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())

let server: TestApp
let walk: ProviderWalk
beforeEach(async () => {
  provider.people.clear()
  server = await openTestApp({ oidc: provider.config() })
  walk = walkBy(server, provider)
})
afterEach(() => server.close())

const session = async (by: ProviderWalk = walk) =>
  server.ask('GET', '/console/session', {
    headers: { cookie: `chartroom_session=${by.cookies.get('chartroom_session')}` },
  })

describe('signing in through the provider', () => {
  test('redirects there with PKCE, state and nonce, and back to the requested page', async () => {
    const location = await walk.begin('/instances/ccr-00000001/charts?q=ngi#top')
    expect(location.origin).toBe(provider.issuer)
    const sent = Object.fromEntries(location.searchParams)
    expect(sent).toMatchObject({
      response_type: 'code',
      client_id: 'chartroom',
      redirect_uri: 'http://localhost:8080/console/session/oidc/callback',
      scope: 'openid profile email groups',
      code_challenge_method: 'S256',
    })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(sent[name]).toMatch(/^[\w-]{43}$/)
    const answer = await walk.comeBack(await walk.atProvider.signIn(location.href, 'ann'))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/instances/ccr-00000001/charts?q=ngi#top'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await (await session()).json()).toMatchObject({
      account: { name: 'ann', role: 'member', signsInBy: { password: false, provider: true } },
      grants: [],
    })
  })

  test('keeps its state in an encrypted HttpOnly cookie, limited to its path', async () => {
    const answer = await server.askAnonymously('GET', '/console/session/oidc')
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(
      /^chartroom_oidc=v1%24[^;]+; Max-Age=600; Path=\/console\/session\/oidc; HttpOnly; SameSite=Lax$/,
    )
    const sent = new URL(answer.headers.get('location') ?? '').searchParams
    for (const name of ['state', 'nonce']) expect(decodeURIComponent(cookie)).not.toContain(sent.get(name))
    server.context.publicUrl = 'https://charts.example.org'
    const secure = await server.askAnonymously('GET', '/console/session/oidc')
    expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure(;|$)/)
  })

  test('finds the same account after the username changed', async () => {
    await walk.signIn('1234')
    provider.people.set('1234', { preferred_username: 'ann.married' })
    const again = walkBy(server, provider)
    await again.signIn('1234')
    const [before, after] = await Promise.all([(await session()).json(), (await session(again)).json()])
    expect([before.account.name, after.account.name]).toEqual(['1234', '1234'])
  })

  test('continues in another process: the cookie holds its state', async () => {
    const location = await walk.begin()
    const answer = await walk.atProvider.signIn(location.href, 'ann')
    const other = await openTestApp({ oidc: provider.config() })
    // Both encrypt with the same secret, like all processes of one registry.
    const there = walkBy(other, provider)
    for (const [name, value] of walk.cookies) there.cookies.set(name, value)
    expect(ledTo(await there.comeBack(answer))).toMatchObject({ path: '/', refused: null })
    await other.close()
  })

  test('works without a client secret, with PKCE only', async () => {
    const open = await openTestApp({
      oidc: provider.config({ CHARTROOM_OIDC_CLIENT_ID: 'public', CHARTROOM_OIDC_CLIENT_SECRET: '' }),
    })
    expect(ledTo(await walkBy(open, provider).signIn('ann'))).toMatchObject({ path: '/', refused: null })
    await open.close()
  })

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '/.//evil.example', 'instances', ''])(
    'never redirects to another site: %j',
    async (to) => {
      expect((await walk.signIn('ann', to)).headers.get('location')).toBe('/')
    },
  )

  test('records sign-ins, created accounts and errors', async () => {
    const events = await recordedBy(server, async () => {
      await walk.signIn('ann')
      provider.people.set('bob', { preferred_username: 'admin' })
      await walkBy(server, provider).signIn('bob')
    })
    expect(events).toMatchObject([
      { action: 'account.create', subject: 'ann: member', actor: 'ann', credential: 'oidc' },
      { action: 'sign-in', outcome: 'done', actor: 'ann', credential: 'oidc', protocol: 'console' },
      { action: 'sign-in', outcome: 'denied', actor: 'admin', reason: 'provider-name-taken', protocol: 'console' },
    ])
  })
})

describe('the sign-in page', () => {
  const ways = async (query = '', language = 'en') =>
    (
      await server.askAnonymously('GET', `/console/sign-in${query}`, { headers: { 'Accept-Language': language } })
    ).json()

  test('gets the name of the provider and the reason of a failed sign-in, in both languages', async () => {
    expect(await ways()).toEqual({ provider: 'Example Company', refusal: null })
    expect((await ways('?refused=provider-denied')).refusal).toMatch(/denied the sign-in/)
    expect((await ways('?refused=provider-denied', 'zh-CN')).refusal).toMatch(/拒绝/)
    expect((await ways('?refused=whatever')).refusal).toBeNull()
  })

  test('gets no provider if none is configured, and its routes return 404', async () => {
    const without = await openTestApp()
    expect(await (await without.askAnonymously('GET', '/console/sign-in')).json()).toMatchObject({ provider: null })
    for (const path of ['/console/session/oidc', '/console/session/oidc/callback?code=1&state=2']) {
      expect((await without.askAnonymously('GET', path)).status).toBe(404)
    }
    await without.close()
  })
})
