import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureConfiguredAccessKey } from '../../registry/people/configured-access-key.ts'
import { sign } from '../management/bce-auth/testing/sign-request.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const path = '/console/account/access-keys'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const create = async (description = '', ask = server.ask) => (await ask('POST', path, { body: { description } })).json()
const list = async (ask = server.ask) => (await (await ask('GET', path)).json()).items

test('a new key is returned with its secret, which is never returned again', async () => {
  const { secret, ...key } = await create(' for CI ')
  expect(secret).toMatch(/^[0-9a-f]{32}$/)
  expect(key).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    description: 'for CI',
    disabled: false,
    configured: false,
    created: server.registry.now(),
    lastUsed: null,
  })
  expect(await list()).toEqual([key])
})

test('the secret is not stored in plain text', async () => {
  const { secret } = await create()
  const rows = await server.registry.database.read.selectFrom('access_keys').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('keys are described, disabled, enabled and deleted', async () => {
  const { id } = await create()
  const change = (body: unknown) => server.ask('PUT', `${path}/${id}`, { body })
  expect(await (await change({ description: 'new', disabled: true })).json()).toMatchObject({
    description: 'new',
    disabled: true,
  })
  expect(await (await change({ disabled: false })).json()).toMatchObject({ description: 'new', disabled: false })
  for (const body of [{ description: 'x'.repeat(257) }, { description: 'a\u0000b' }, { disabled: 'yes' }]) {
    expect(await refusalOf(await change(body))).toMatchObject({ status: 400, code: 'BadRequest' })
  }
  expect((await server.ask('DELETE', `${path}/${id}`)).status).toBe(200)
  expect(await list()).toEqual([])
  expect(await refusalOf(await server.ask('DELETE', `${path}/${id}`))).toMatchObject({ status: 404 })
})

test('accounts can access only their own keys', async () => {
  const ann = await server.member('ann', [])
  const { id } = await create('of ann', ann)
  expect(await list()).toEqual([])
  expect(await list(ann)).toHaveLength(1)
  expect(await refusalOf(await server.ask('PUT', `${path}/${id}`, { body: { disabled: true } }))).toMatchObject({
    status: 404,
  })
  expect(await refusalOf(await server.ask('DELETE', `${path}/${id}`))).toMatchObject({ status: 404 })
  expect((await server.askAnonymously('GET', path)).status).toBe(401)
})

test('an account may have ten keys', async () => {
  for (let count = 0; count < 10; count++) await create()
  expect(await refusalOf(await server.ask('POST', path, { body: { description: '' } }))).toMatchObject({
    status: 412,
    code: 'QuotaExceed',
  })
})

test('the time of last use is at most a minute old', async () => {
  const pair = await create()
  const use = () => {
    const at = `${server.registry.now().slice(0, 19)}Z`
    const headers = { host: 'localhost' }
    const Authorization = sign(pair, { method: 'GET', path: '/v1/instances', headers, at })
    return server.askAnonymously('GET', '/v1/instances', { headers: { ...headers, Authorization } })
  }
  const first = server.registry.now()
  await use()
  server.pass(59_000)
  await use()
  expect(await list()).toMatchObject([{ lastUsed: first }])
  server.pass(1_000)
  await use()
  expect(await list()).toMatchObject([{ lastUsed: server.registry.now() }])
})

test('the key in the configuration belongs to the administrator; a changed one replaces it', async () => {
  const give = (id: string, secret: string) => ensureConfiguredAccessKey(server.registry, { id, secret })
  await give('a'.repeat(32), 'b'.repeat(32))
  expect(await list()).toMatchObject([{ id: 'a'.repeat(32), configured: true }])
  await server.ask('PUT', `${path}/${'a'.repeat(32)}`, { body: { disabled: true } })
  await give('a'.repeat(32), 'b'.repeat(32))
  expect(await list()).toMatchObject([{ id: 'a'.repeat(32), disabled: true }])
  await give('c'.repeat(32), 'b'.repeat(32))
  expect(await list()).toMatchObject([{ id: 'c'.repeat(32), disabled: false }])
})
