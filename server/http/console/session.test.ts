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
  test('answers with the session, and a cookie that no script can read', async () => {
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

  test('over https sets a cookie for https alone', async () => {
    server.context.publicUrl = 'https://charts.example.org'
    expect((await signIn()).headers.getSetCookie()[0]).toMatch(/; Secure(;|$)/)
  })

  test('with a wrong password is 401, and does not ask for the password over the page', async () => {
    for (const body of [
      { ...ADMINISTRATOR, password: 'wrong password' },
      { account: 'nobody', password: ADMINISTRATOR.password },
    ]) {
      const answer = await signIn(body, { 'X-Requested-With': 'chartroom' })
      expect(answer.headers.get('www-authenticate')).toBeNull()
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(await refusalOf(answer)).toMatchObject({ status: 401, code: 'Unauthorized' })
    }
  })

  test('is throttled after many failures: 429 that says how long to wait', async () => {
    let answer = await signIn({ ...ADMINISTRATOR, password: 'wrong password' })
    for (let index = 0; index < 100 && answer.status === 401; index++) {
      answer = await signIn({ ...ADMINISTRATOR, password: 'wrong password' })
    }
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refusalOf(answer)).toMatchObject({ status: 429, code: 'TooManyRequests' })
  })

  test.each([[{}], [{ account: 'admin' }], [{ account: '', password: 'x' }], [{ account: 'admin', password: 7 }]])(
    'with %j is 400',
    async (body) => {
      expect(await refusalOf(await signIn(body))).toMatchObject({ status: 400, code: 'BadRequest' })
    },
  )

  test.each(['{', 'account=admin', '\ud800'])('with %j, which is not JSON, is 400 MalformedJSON', async (body) => {
    expect(await refusalOf(await signIn(body))).toMatchObject({ status: 400, code: 'MalformedJSON' })
  })

  test('with a body of 2 MiB is 413', async () => {
    const answer = await signIn({ ...ADMINISTRATOR, padding: 'x'.repeat(2 * 1024 * 1024) })
    expect(await refusalOf(answer)).toMatchObject({ status: 413, code: 'EntityTooLarge' })
  })

  test("from another site's page is refused: nobody is signed in as somebody else", async () => {
    const answer = await signIn(ADMINISTRATOR, { Origin: 'https://evil.example', Host: 'localhost:8080' })
    expect(await refusalOf(answer)).toMatchObject({ status: 403, code: 'AccessDenied' })
  })
})

describe('a session', () => {
  test('is shown to whom it belongs', async () => {
    expect(await (await server.ask('GET', path)).json()).toMatchObject({ account: { name: 'admin' } })
  })

  test.each([
    ['no cookie', ''],
    ['a wrong cookie', 'chartroom_session=nonsense'],
  ])('is 401 to %s, by the header that opens the dialog', async (_, cookie) => {
    for (const at of [path, '/v1/instances']) {
      const answer = await server.ask('GET', at, { headers: { cookie } })
      expect(answer.headers.get('www-authenticate')).toBe('Session')
      expect(await refusalOf(answer)).toMatchObject({ status: 401, code: 'Unauthorized' })
    }
  })

  test('ends', async () => {
    server.pass(400 * 24 * 60 * 60 * 1000)
    expect((await server.ask('GET', path)).status).toBe(401)
  })

  test('is ended by signing out, and its cookie taken back', async () => {
    const answer = await server.ask('DELETE', path)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(answer.headers.getSetCookie()[0]).toMatch(/^chartroom_session=;.*Max-Age=0/)
    expect((await server.ask('GET', path)).status).toBe(401)
    expect((await server.askAnonymously('DELETE', path)).status).toBe(200)
  })
})

describe('a request that may change something', () => {
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
  ])('comes from a page of ours: %j', async (headers) => {
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
  ])('does not, and is refused: %j', async (headers) => {
    expect(await refusalOf(await send(headers))).toMatchObject({ status: 403, code: 'AccessDenied' })
  })

  test('to read, the cookie is enough', async () => {
    const answer = await server.askAnonymously('GET', '/v1/instances', { headers: { cookie: server.cookie } })
    expect(answer.status).toBe(200)
  })
})
