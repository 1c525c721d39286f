import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OTHER_CLIENT, startProvider, type TestProvider } from '../../oidc/testing/start-provider.ts'
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
  provider.tamper = null
  server = await openTestApp({ oidc: provider.config() })
  walk = walkBy(server, provider)
})
afterEach(() => server.close())

const refusedBy = async (answer: Response | Promise<Response>) => {
  const led = ledTo(await answer)
  expect(led.path).toBe('/sign-in')
  expect(walk.cookies.has('chartroom_session')).toBe(false)
  return led.refused
}

describe('sign-in is rejected', () => {
  test('for a callback that is replayed', async () => {
    const location = await walk.begin('/instances')
    const underWay = new Map(walk.cookies)
    const answer = await walk.atProvider.signIn(location.href, 'ann')
    expect((await walk.comeBack(answer)).headers.get('location')).toBe('/instances')
    walk.cookies.clear()
    expect(await refusedBy(walk.comeBack(answer))).toBe('sign-in-lost')
    // Not even with stolen cookies.
    for (const [name, value] of underWay) walk.cookies.set(name, value)
    expect(await refusedBy(walk.comeBack(answer))).toBe('sign-in-lost')
  })

  test("for a callback of another browser's sign-in", async () => {
    const theirs = walkBy(server, provider)
    const answer = await theirs.atProvider.signIn((await theirs.begin()).href, 'mallory')
    expect(await refusedBy(walk.comeBack(answer))).toBe('sign-in-lost')
    await walk.begin('/instances')
    const refused = await walk.comeBack(answer)
    expect(ledTo(refused)).toEqual({ path: '/sign-in', refused: 'sign-in-lost', to: '/instances' })
  })

  test('after the time limit, or with an invalid cookie', async () => {
    const answer = await walk.atProvider.signIn((await walk.begin()).href, 'ann')
    server.pass(11 * 60 * 1000)
    expect(await refusedBy(walk.comeBack(answer))).toBe('sign-in-lost')
    const { secretBox } = server.registry
    for (const value of ['nonsense', secretBox.seal('{}'), secretBox.seal('nonsense')]) {
      walk.cookies.set('chartroom_oidc', encodeURIComponent(value))
      expect(await refusedBy(walk.comeBack(answer))).toBe('sign-in-lost')
    }
  })

  test.each([
    ['nonce', 'another', 'provider-answer-refused'],
    ['client_id', OTHER_CLIENT, 'sign-in-lost'],
    ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', 'sign-in-lost'],
    ['scope', 'nothing-that-it-knows', 'provider-misconfigured'],
  ])('when the %s was changed on the way to the provider', async (name, value, refused) => {
    const location = await walk.begin()
    location.searchParams.set(name, value)
    expect(await refusedBy(walk.comeBack(await walk.atProvider.signIn(location.href, 'ann')))).toBe(refused)
  })

  const hour = () => Math.floor(Date.now() / 1000) - 3600
  test.each<[string, TestProvider['tamper']]>([
    ['for another audience', { claims: (claims) => ({ ...claims, aud: OTHER_CLIENT }) }],
    [
      'for additional audiences',
      { claims: (claims) => ({ ...claims, aud: [claims.aud, OTHER_CLIENT], azp: OTHER_CLIENT }) },
    ],
    ['from another issuer', { claims: (claims) => ({ ...claims, iss: 'https://evil.example' }) }],
    ['that has expired', { claims: (claims) => ({ ...claims, exp: hour() }) }],
    ['without a nonce', { claims: ({ nonce: _, ...claims }) => claims }],
    ['signed by another key', { byStranger: true }],
  ])('for an ID token %s', async (_, tamper) => {
    provider.tamper = tamper
    expect(await refusedBy(walk.signIn('ann'))).toBe('provider-answer-refused')
    expect(server.logged).toContainEqual(
      expect.objectContaining({ msg: 'OIDC sign-in failed', reasons: expect.any(Array) }),
    )
    expect(JSON.stringify(server.logged)).not.toContain('"sub"')
  })

  test('when the user denies access at the provider', async () => {
    const answer = await walk.atProvider.giveUp((await walk.begin('/instances')).href)
    expect(answer.searchParams.get('error')).toBe('access_denied')
    expect(ledTo(await walk.comeBack(answer))).toEqual({
      path: '/sign-in',
      refused: 'provider-denied',
      to: '/instances',
    })
  })

  test('for a wrong client secret or an unreachable provider, while passwords still work', async () => {
    const wrong = await openTestApp({ oidc: provider.config({ CHARTROOM_OIDC_CLIENT_SECRET: 'wrong' }) })
    expect(await refusedBy(walkBy(wrong, provider).signIn('ann'))).toBe('provider-misconfigured')
    await wrong.close()
    const gone = await startProvider()
    await gone.close()
    const waiting = await openTestApp({ oidc: gone.config() })
    const answer = await waiting.askAnonymously('GET', '/console/session/oidc?to=/instances')
    expect(ledTo(answer)).toEqual({ path: '/sign-in', refused: 'provider-unreachable', to: '/instances' })
    expect((await waiting.ask('GET', '/console/session')).status).toBe(200)
    await waiting.close()
  })
})
