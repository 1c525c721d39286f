import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NO_SORTS } from '../../../contract/console/preferences.ts'
import { ADMINISTRATOR, openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const path = '/console/session'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const signIn = (body: unknown = ADMINISTRATOR, headers: Record<string, string> = {}) =>
  server.askAnonymously('POST', path, { body, headers })

describe('signing in', () => {
  test('returns the session and an HttpOnly cookie', async () => {
    const answer = await signIn()
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      account: { name: 'admin', role: 'administrator', signsInBy: { password: true, provider: false } },
      preferences: { language: null, theme: null, pageSize: null, density: null, sorts: NO_SORTS },
      grants: [],
      expires: expect.stringMatching(/Z$/),
    })
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^chartroom_session=[^;]{20,};/)
    expect(cookie).toMatch(/; Path=\/(;|$)/)
    expect(cookie).toMatch(/; HttpOnly(;|$)/)
    expect(cookie).toMatch(/; SameSite=Lax(;|$)/)
    expect(cookie).not.toMatch(/Secure/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('over HTTPS sets a Secure cookie', async () => {
    server.context.publicUrl = 'https://charts.example.org'
    expect((await signIn()).headers.getSetCookie()[0]).toMatch(/; Secure(;|$)/)
  })

  test('with a wrong password returns 401 without a challenge, so that the browser shows no dialog', async () => {
    for (const body of [
      { ...ADMINISTRATOR, password: 'wrong password' },
      { account: 'missing', password: ADMINISTRATOR.password },
    ]) {
      const answer = await signIn(body, { 'X-Requested-With': 'chartroom' })
      expect(answer.headers.get('www-authenticate')).toBeNull()
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(await refusalOf(answer)).toMatchObject({ status: 401, code: 'Unauthorized' })
    }
  })

  test('after many failures returns 429 with Retry-After', async () => {
    let answer = await signIn({ ...ADMINISTRATOR, password: 'wrong password' })
    for (let index = 0; index < 100 && answer.status === 401; index++) {
      answer = await signIn({ ...ADMINISTRATOR, password: 'wrong password' })
    }
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refusalOf(answer)).toMatchObject({ status: 429, code: 'TooManyRequests' })
  })

  test.each([[{}], [{ account: 'admin' }], [{ account: '', password: 'x' }], [{ account: 'admin', password: 7 }]])(
    'with %j returns 400',
    async (body) => {
      expect(await refusalOf(await signIn(body))).toMatchObject({ status: 400, code: 'BadRequest' })
    },
  )

  test.each(['{', 'account=admin', '\ud800'])('with %j, which is not JSON, returns 400 MalformedJSON', async (body) => {
    expect(await refusalOf(await signIn(body))).toMatchObject({ status: 400, code: 'MalformedJSON' })
  })

  test('with a body of 2 MiB returns 413', async () => {
    const answer = await signIn({ ...ADMINISTRATOR, padding: 'x'.repeat(2 * 1024 * 1024) })
    expect(await refusalOf(answer)).toMatchObject({ status: 413, code: 'EntityTooLarge' })
  })

  test('from another site is rejected, which prevents login CSRF', async () => {
    const answer = await signIn(ADMINISTRATOR, { Origin: 'https://evil.example', Host: 'localhost:8080' })
    expect(await refusalOf(answer)).toMatchObject({ status: 403, code: 'AccessDenied' })
  })
})

describe('a session', () => {
  test('is returned to its owner', async () => {
    expect(await (await server.ask('GET', path)).json()).toMatchObject({ account: { name: 'admin' } })
  })

  test.each([
    ['no cookie', ''],
    ['a wrong cookie', 'chartroom_session=nonsense'],
  ])('returns 401 for %s, with the header that makes the console ask for a password', async (_, cookie) => {
    for (const at of [path, '/v1/instances']) {
      const answer = await server.ask('GET', at, { headers: { cookie } })
      expect(answer.headers.get('www-authenticate')).toBe('Session')
      expect(await refusalOf(answer)).toMatchObject({ status: 401, code: 'Unauthorized' })
    }
  })

  test('expires', async () => {
    server.pass(400 * 24 * 60 * 60 * 1000)
    expect((await server.ask('GET', path)).status).toBe(401)
  })

  test('ends by signing out, which deletes its cookie', async () => {
    const answer = await server.ask('DELETE', path)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(answer.headers.getSetCookie()[0]).toMatch(/^chartroom_session=;.*Max-Age=0/)
    expect((await server.ask('GET', path)).status).toBe(401)
    expect((await server.askAnonymously('DELETE', path)).status).toBe(200)
  })
})

describe('a write request', () => {
  const send = (headers: Record<string, string>) =>
    server.askAnonymously('DELETE', `/v1/instances/${server.instance}/projects`, {
      body: { items: ['nothing'] },
      headers: { cookie: server.cookie, Host: 'charts.internal:8080', ...headers },
    })

  test.each([
    [{ Origin: 'http://charts.internal:8080' }],
    [{ Origin: 'https://charts.internal:8080' }],
    [{ Origin: 'http://localhost:8080' }],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:5173' }],
    [{ 'X-Requested-With': 'chartroom' }],
  ])('is accepted from the console: %j', async (headers) => {
    expect((await send(headers)).status).toBe(200)
  })

  test.each([
    [{}],
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
    [{ Origin: 'http://charts.internal' }],
    [{ Origin: 'https://evil.example', 'X-Requested-With': 'chartroom' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: 'http://other.internal:8080' }],
    [{ 'Sec-Fetch-Site': 'none', 'X-Requested-With': 'chartroom' }],
  ])('is rejected from elsewhere: %j', async (headers) => {
    expect(await refusalOf(await send(headers))).toMatchObject({ status: 403, code: 'AccessDenied' })
  })

  test('needs more than the cookie, a read request does not', async () => {
    const answer = await server.askAnonymously('GET', '/v1/instances', { headers: { cookie: server.cookie } })
    expect(answer.status).toBe(200)
  })
})
