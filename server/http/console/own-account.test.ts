import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NO_SORTS } from '../../../contract/console/preferences.ts'
import { MEMBER_PASSWORD, openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const path = '/console/account'

let server: TestApp
let ann: TestApp['ask']
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  ann = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'developer' }])
})
afterEach(() => server.close())

const signIn = (password: string) =>
  server.askAnonymously('POST', '/console/session', { body: { account: 'ann', password } })
const changePassword = (current: string, password: string) =>
  ann('PUT', `${path}/password`, { body: { current, password } })

test('returns name, role and grants of the caller', async () => {
  expect(await (await ann('GET', path)).json()).toEqual({
    name: 'ann',
    role: 'member',
    signsInBy: { password: true, provider: false },
    created: expect.stringMatching(/Z$/),
    lastSignIn: expect.stringMatching(/Z$/),
    grants: [
      { instanceId: server.instance, instanceName: 'default', namespace: 'team', role: 'developer', source: 'given' },
    ],
  })
  expect((await server.askAnonymously('GET', path)).status).toBe(401)
})

describe("the caller's password", () => {
  test('is changed given the current one; other sessions end, this one continues', async () => {
    const [other = ''] = (await signIn(MEMBER_PASSWORD)).headers.getSetCookie()
    const elsewhere = () => server.ask('GET', path, { headers: { cookie: other.split(';')[0] ?? '' } })
    expect((await elsewhere()).status).toBe(200)
    expect((await changePassword(MEMBER_PASSWORD, 'staple horse battery')).status).toBe(200)
    expect([(await ann('GET', path)).status, (await elsewhere()).status]).toEqual([200, 401])
    expect([(await signIn(MEMBER_PASSWORD)).status, (await signIn('staple horse battery')).status]).toEqual([401, 200])
    const { read } = server.registry.database
    const events = await read.selectFrom('audit_events').selectAll().where('action', '=', 'account.password').execute()
    expect(events).toMatchObject([{ actor: 'ann', subject: 'ann', outcome: 'done' }])
  })

  test('stays unchanged if the current one is wrong; guesses are rate limited', async () => {
    let answer = await changePassword('guess', 'staple horse battery')
    expect(answer.headers.get('www-authenticate')).toBeNull()
    expect(await refusalOf(answer.clone())).toMatchObject({ status: 401 })
    for (let index = 0; index < 100 && answer.status === 401; index++)
      answer = await changePassword('guess', 'x'.repeat(8))
    expect(answer.status).toBe(429)
    server.pass(60 * 60 * 1000)
    expect((await signIn(MEMBER_PASSWORD)).status).toBe(200)
  })

  test.each([
    [{ current: MEMBER_PASSWORD, password: 'short' }],
    [{ current: MEMBER_PASSWORD }],
    [{ password: 'staple horse battery' }],
  ])('returns 400 for %j', async (body) => {
    expect(await refusalOf(await ann('PUT', `${path}/password`, { body }))).toMatchObject({ status: 400 })
  })

  test('returns 409 for an account without a password', async () => {
    await server.registry.database.write((transaction) =>
      transaction.updateTable('accounts').set({ password_hash: 'none' }).where('name', '=', 'ann').execute(),
    )
    expect(await refusalOf(await changePassword('anything', 'staple horse battery'))).toMatchObject({ status: 409 })
  })

  test('requires a session', async () => {
    const body = { current: MEMBER_PASSWORD, password: 'staple horse battery' }
    expect((await server.askAnonymously('PUT', `${path}/password`, { body })).status).toBe(401)
  })
})

describe('preferences', () => {
  const choose = (body: unknown) => ann('PUT', `${path}/preferences`, { body })
  const stored = async () => (await (await signIn(MEMBER_PASSWORD)).json()).preferences
  const none = { language: null, theme: null, pageSize: null, density: null, sorts: NO_SORTS }

  test('belong to the account; a change keeps the others', async () => {
    expect(await stored()).toEqual(none)
    expect(await (await choose({ language: 'zh-CN' })).json()).toEqual({ ...none, language: 'zh-CN' })
    await choose({ theme: 'dark', density: 'dense' })
    await choose({ pageSize: 50 })
    expect(await stored()).toEqual({ ...none, language: 'zh-CN', theme: 'dark', density: 'dense', pageSize: 50 })
    await choose({ language: null, pageSize: null })
    expect(await stored()).toEqual({ ...none, theme: 'dark', density: 'dense' })
  })

  test('include a sort order for each list', async () => {
    const charts = { orderBy: 'updated', order: 'desc' }
    const versions = { orderBy: 'created', order: 'asc' }
    await choose({ sorts: { charts } })
    await choose({ sorts: { versions } })
    expect((await stored()).sorts).toEqual({ ...NO_SORTS, charts, versions })
    await choose({ sorts: { charts: null } })
    expect((await stored()).sorts).toEqual({ ...NO_SORTS, versions })
  })

  test('changed concurrently are both kept', async () => {
    await Promise.all([choose({ pageSize: 100 }), choose({ density: 'dense' })])
    expect(await stored()).toMatchObject({ pageSize: 100, density: 'dense' })
  })

  test.each([
    [{ language: 'fr' }],
    [{ theme: 'pink' }],
    [{ pageSize: 11 }],
    [{ pageSize: '25' }],
    [{ density: 'tiny' }],
    [{ sorts: { charts: { orderBy: 'password', order: 'asc' } } }],
    [{ sorts: { charts: { orderBy: 'name', order: 'up' } } }],
    [{ sorts: 'name' }],
  ])('return 400 for %j', async (body) => {
    expect(await refusalOf(await choose(body))).toMatchObject({ status: 400 })
  })

  test('require a session', async () => {
    const answer = await server.askAnonymously('PUT', `${path}/preferences`, { body: { theme: 'dark' } })
    expect(answer.status).toBe(401)
  })
})
