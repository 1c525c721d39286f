import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sign } from '../management/bce-auth/testing/sign-request.ts'
import { basic, openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const path = '/console/accounts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const create = (body: unknown) => server.ask('POST', path, { body })
const make = async (name: string, role = 'member', password: string | undefined = 'battery horse staple') =>
  (await (await create({ name, role, password })).json()).account as { id: string; name: string }
const change = (id: string, body: unknown) => server.ask('PUT', `${path}/${id}`, { body })
const reset = (id: string, body: unknown = {}) => server.ask('PUT', `${path}/${id}/password`, { body })
const list = async (query = '') => (await server.ask('GET', `${path}${query}`)).json()
const signIn = (account: string, password: string) =>
  server.askAnonymously('POST', '/console/session', { body: { account, password } })
const sessionOf = async (account: string, password: string) => {
  const [cookie = ''] = (await signIn(account, password)).headers.getSetCookie()
  return () => server.ask('GET', '/console/session', { headers: { cookie: cookie.split(';')[0] ?? '' } })
}
const pingAs = async (name: string, password: string) =>
  (await server.askAnonymously('GET', '/v2/', { headers: { Authorization: basic(name, password) } })).status
const auditEvents = async () => {
  const { read } = server.registry.database
  const rows = await read.selectFrom('audit_events').selectAll().orderBy('id').execute()
  return rows.map(({ action, actor, subject }) => [action, actor, subject].join(' '))
}

describe('an account', () => {
  test('is created with a generated password, returned once, which signs in', async () => {
    const answer = await create({ name: ' ann ', role: 'member' })
    const { account, generatedPassword } = await answer.json()
    expect(answer.status).toBe(200)
    expect(account).toMatchObject({ name: 'ann', role: 'member', disabled: false, lastSignIn: null })
    expect(generatedPassword).toMatch(/^[\w-]{20}$/)
    expect((await signIn('ann', generatedPassword)).status).toBe(200)
    const { items } = await list('?query=ann')
    expect(items).toMatchObject([{ name: 'ann', lastSignIn: server.registry.now() }])
    expect(JSON.stringify(items)).not.toContain(generatedPassword)
    expect(await auditEvents()).toContain('account.create admin ann: member')
  })

  test('is created with a given password, which is not returned', async () => {
    const answer = await create({ name: 'ann', role: 'administrator', password: 'battery horse staple' })
    expect(await answer.json()).toMatchObject({ generatedPassword: null, account: { role: 'administrator' } })
    expect((await signIn('ann', 'battery horse staple')).status).toBe(200)
  })

  test('has a unique name, ignoring case', async () => {
    await make('Ann')
    expect(await refusalOf(await create({ name: 'aNN', role: 'member' }))).toMatchObject({ status: 409 })
    expect((await list()).total).toBe(2)
  })

  test.each([
    [{ name: '', role: 'member' }],
    [{ name: 'a:b', role: 'member' }],
    [{ name: 'CCR$builder', role: 'member' }],
    [{ name: 'anonymous', role: 'member' }],
    [{ name: 'a\nb', role: 'member' }],
    [{ name: 'a'.repeat(65), role: 'member' }],
    [{ name: 'ann', role: 'guest' }],
    [{ name: 'ann' }],
    [{ name: 'ann', role: 'member', password: 'short' }],
  ])('returns 400 for %j', async (body) => {
    expect(await refusalOf(await create(body))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect((await list()).total).toBe(1)
  })

  test('may have a name in any script', async () => {
    expect((await create({ name: '李安', role: 'member' })).status).toBe(200)
  })
})

test('the list is searched by letters in order, in pages', async () => {
  for (const name of ['Zoe', 'bob', 'Ann', 'Joanna']) await make(name)
  const { total, items } = await list('?pageSize=2&pageNo=2')
  expect([total, items.map(({ name }: { name: string }) => name)]).toEqual([5, ['bob', 'Joanna']])
  const found = await list('?query=ann')
  expect([found.total, found.items.map(({ name }: { name: string }) => name)]).toEqual([2, ['Ann', 'Joanna']])
})

describe('a disabled account', () => {
  test('loses access through every API at once, and regains it when enabled', async () => {
    const { id } = await make('ann')
    const session = await sessionOf('ann', 'battery horse staple')
    expect([(await session()).status, await pingAs('ann', 'battery horse staple')]).toEqual([200, 200])

    expect(await (await change(id, { disabled: true })).json()).toMatchObject({ name: 'ann', disabled: true })
    expect([(await session()).status, await pingAs('ann', 'battery horse staple')]).toEqual([401, 401])
    expect((await signIn('ann', 'battery horse staple')).status).toBe(401)

    await change(id, { disabled: false })
    expect((await session()).status).toBe(401)
    expect((await signIn('ann', 'battery horse staple')).status).toBe(200)
    expect(await auditEvents()).toEqual(
      expect.arrayContaining(['account.disable admin ann', 'account.enable admin ann']),
    )
  })
})

describe('a password reset', () => {
  test('revokes sessions, cached credentials and tokens', async () => {
    const { id } = await make('ann')
    const session = await sessionOf('ann', 'battery horse staple')
    expect(await pingAs('ann', 'battery horse staple')).toBe(200)
    const headers = { Authorization: basic('ann', 'battery horse staple') }
    const { token } = await (await server.askAnonymously('GET', '/service/token', { headers })).json()
    const byToken = async () =>
      (await server.askAnonymously('GET', '/v2/', { headers: { Authorization: `Bearer ${token}` } })).status
    expect(await byToken()).toBe(200)

    const { generatedPassword } = await (await reset(id)).json()
    expect([(await session()).status, await pingAs('ann', 'battery horse staple'), await byToken()]).toEqual([
      401, 401, 401,
    ])
    expect((await signIn('ann', generatedPassword)).status).toBe(200)
    expect(await (await reset(id, { password: 'staple battery horse' })).json()).toEqual({ generatedPassword: null })
    expect((await signIn('ann', 'staple battery horse')).status).toBe(200)
    expect(await auditEvents()).toContain('account.password admin ann')
  })

  test('leaves access keys and instance passwords valid, unless it revokes them, too', async () => {
    const ann = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'guest' }])
    const fixed = 'Str0ng!pass'
    await ann('PUT', `/v1/instances/${server.instance}/credential`, { body: { password: fixed } })
    const key = await (await ann('POST', '/console/account/access-keys', { body: { description: '' } })).json()
    const signed = async () => {
      const toSign = {
        method: 'GET',
        path: `/v1/instances/${server.instance}`,
        headers: { host: 'charts.example.org' },
      }
      const Authorization = sign(key, { ...toSign, at: server.registry.now().replace(/\.\d+Z$/, 'Z') })
      const headers = { ...toSign.headers, Authorization }
      return (await server.askAnonymously(toSign.method, toSign.path, { headers })).status
    }
    expect([await pingAs('ann', fixed), await signed()]).toEqual([200, 200])

    await reset('member-ann')
    expect([await pingAs('ann', fixed), await signed()]).toEqual([200, 200])
    await reset('member-ann', { revokeCredentials: true })
    expect([await pingAs('ann', fixed), await signed()]).toEqual([401, 403])
    expect(await auditEvents()).toEqual(
      expect.arrayContaining([`access-key.change admin ${key.id}`, 'instance-password.revoke admin ann']),
    )
  })

  test('rejects a short password and an unknown account', async () => {
    const { id } = await make('ann')
    expect(await refusalOf(await reset(id, { password: 'short' }))).toMatchObject({ status: 400 })
    expect(await refusalOf(await reset('missing'))).toMatchObject({ status: 404, code: 'NotFound' })
    expect(await refusalOf(await change('missing', { disabled: true }))).toMatchObject({ status: 404 })
  })
})

describe('the last administrator', () => {
  test('cannot be disabled or made a member unless another exists', async () => {
    const { items } = await list()
    const [{ id: admin }] = items
    for (const body of [{ disabled: true }, { role: 'member' }]) {
      const refusal = await refusalOf(await change(admin, body))
      expect(refusal).toMatchObject({ status: 409, code: 'StatusConflict' })
      expect(refusal.message).toContain('admin')
    }
    const { id: ann } = await make('ann', 'administrator')
    expect((await change(admin, { role: 'member' })).status).toBe(200)
    expect(await refusalOf(await server.ask('GET', path))).toMatchObject({ status: 401 })
    expect(await auditEvents()).toContain('account.change admin admin: member')
    expect(ann).not.toBe(admin)
  })

  test('counts neither disabled ones nor those that the provider made administrators', async () => {
    const { items } = await list()
    const [{ id: admin }] = items
    const { id: ann } = await make('ann', 'administrator')
    await server.registry.database.write((transaction) =>
      transaction.updateTable('accounts').set({ role_source: 'oidc' }).where('id', '=', ann).execute(),
    )
    expect((await change(admin, { role: 'member' })).status).toBe(409)
    await change(ann, { role: 'administrator' })
    await change(ann, { disabled: true })
    expect((await change(admin, { role: 'member' })).status).toBe(409)
  })
})

test('accounts require the administrator role in the registry', async () => {
  const { id } = await make('bob')
  const ask = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'administrator' }])
  const calls = [
    ['GET', path, undefined],
    ['POST', path, { name: 'eve', role: 'administrator' }],
    ['PUT', `${path}/${id}`, { role: 'administrator' }],
    ['PUT', `${path}/${id}/password`, {}],
  ] as const
  for (const [method, at, body] of calls) {
    expect(await refusalOf(await ask(method, at, { body })), at).toMatchObject({ status: 401, code: 'Unauthorized' })
    expect((await server.askAnonymously(method, at, { body })).status, at).toBe(401)
  }
})
