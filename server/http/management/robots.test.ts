import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createInstance } from '../../registry/instances/instances.ts'
import { basic, openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.namespace('other')
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  path = `/v1/instances/${server.instance}/robots`
})
afterEach(() => server.close())

const HOUR = 3_600_000
const DAY = 24 * HOUR

const can = (namespace: string, ...actions: string[]) => ({
  kind: 'project',
  namespace,
  access: actions.map((action) => ({ resource: 'repository', action })),
})
const create = (change: Record<string, unknown> = {}, at = path) =>
  server.ask('POST', at, { body: { name: 'ci', duration: 30, permissions: [can('team', 'pull')], ...change } })
const made = async (change: Record<string, unknown> = {}, at = path) => (await create(change, at)).json()
/** Advances the clock in steps, with requests in between, because an idle session expires. */
async function passSignedIn(time: number) {
  for (let left = time; left > 0; left -= 10 * HOUR) {
    server.pass(Math.min(left, 10 * HOUR))
    await list()
  }
}
const update = (id: number, body: unknown) => server.ask('PUT', `${path}/${id}`, { body })
const list = async (query = '') => (await server.ask('GET', `${path}${query}`)).json()

/** Status of a request by the robot, as Helm sends it. */
async function opens(secret: string, method = 'GET', at = '/v2/team/nginx/tags/list') {
  return (await server.askAnonymously(method, at, { headers: { Authorization: basic('ccr$ci', secret) } })).status
}
const pushes = (secret: string, namespace: string) => opens(secret, 'POST', `/v2/${namespace}/nginx/blobs/uploads/`)

describe('a robot account', () => {
  test('is returned with all fields that the SDKs read; only this response has the secret', async () => {
    const robot = await made({ description: 'Deploys' })
    const now = server.registry.now()
    expect(robot).toEqual({
      id: expect.any(Number),
      name: 'ccr$ci',
      description: 'Deploys',
      level: 'system',
      disable: false,
      duration: 30,
      expiresAt: Date.parse(now) / 1000 + 30 * 86_400,
      creationTime: now,
      updateTime: now,
      editable: true,
      permissions: [can('team', 'pull')],
      secret: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    })
    const { secret, ...rest } = robot
    expect(await list()).toEqual({ total: 1, pageNo: 1, pageSize: 10, robots: [rest] })
    expect(await opens(secret)).toBe(200)
  })

  test('never expires with duration -1; otherwise its days are counted down', async () => {
    expect(await made({ name: 'ever', duration: -1 })).toMatchObject({ duration: -1, expiresAt: -1 })
    const { secret } = await made({ duration: 2 })
    await passSignedIn(DAY + HOUR)
    expect((await list()).robots).toMatchObject([{ duration: 1 }, { duration: -1 }])
    expect(await opens(secret)).toBe(200)
    await passSignedIn(DAY)
    expect((await list()).robots[0].duration).toBe(0)
    expect(await opens(secret)).toBe(401)
  })

  test('has the given secret, or a generated one', async () => {
    const { secret } = await made({ secret: 'Ch0sen!secret' })
    expect(secret).toBe('Ch0sen!secret')
    expect([await opens('Ch0sen!secret'), await opens('Ch0sen!other')]).toEqual([200, 401])
    expect((await made({ name: 'empty', secret: '' })).secret).toHaveLength(32)
  })

  test.each([
    { name: 'CI' },
    { name: '-ci' },
    { name: 'ci-' },
    { name: 'a..b' },
    { name: 'ccr$ci' },
    { name: '' },
    { name: 'x'.repeat(66) },
    { secret: 'short' },
    { secret: 'has space 1' },
    { secret: 'x'.repeat(66) },
    { duration: 0 },
    { duration: -2 },
    { duration: 1.5 },
    { duration: '30' },
    { duration: undefined },
    { duration: 100_000 },
    { description: 'x'.repeat(1025) },
    { permissions: [] },
    { permissions: undefined },
    { permissions: [{ kind: 'project', namespace: 'team', access: [] }] },
    { permissions: [can('team', 'delete')] },
    { permissions: [can('', 'pull')] },
    { permissions: [{ ...can('team', 'pull'), kind: 'system' }] },
    { disable: 'no' },
  ])('returns 400 for %j', async (change) => {
    expect(await refusalOf(await create(change))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect(await list()).toMatchObject({ total: 0 })
  })

  test('for an unknown namespace returns 404 with its name', async () => {
    const refusal = await refusalOf(await create({ permissions: [can('team', 'pull'), can('gone', 'pull')] }))
    expect(refusal).toMatchObject({ status: 404, code: 'NotFound', message: expect.stringContaining('gone') })
    expect(await list()).toMatchObject({ total: 0 })
  })

  test('returns 409 StatusConflict for a name that is taken', async () => {
    await create()
    expect(await refusalOf(await create())).toMatchObject({ status: 409, code: 'StatusConflict' })
  })

  test('is changed only in the given fields, from the next request on', async () => {
    const { id, secret } = await made()
    await update(id, { permissions: [can('other', 'push')] })
    expect([await opens(secret), await pushes(secret, 'other')]).toEqual([403, 202])
    const answer = await update(id, { description: 'New', duration: -1 })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await list()).robots[0]).toMatchObject({
      description: 'New',
      duration: -1,
      disable: false,
      permissions: [can('other', 'pull', 'push')],
    })
    expect((await update(id, { permissions: [can('gone', 'pull')] })).status).toBe(404)
  })

  test('gets another secret, given or generated, which revokes the previous one', async () => {
    const { id, secret } = await made()
    expect(await opens(secret)).toBe(200)
    const rotate = async (body: unknown) => (await server.ask('PUT', `${path}/${id}/secret`, { body })).json()
    const next = (await rotate({ secret: '' })).secret
    expect([await opens(secret), await opens(next)]).toEqual([401, 200])
    expect(await rotate({ secret: 'Ch0sen!secret' })).toEqual({ secret: 'Ch0sen!secret' })
    expect([await opens(next), await opens('Ch0sen!secret')]).toEqual([401, 200])
    expect((await server.ask('PUT', `${path}/${id}/secret`, { body: { secret: 'no' } })).status).toBe(400)
  })

  test('is deleted with its grants', async () => {
    const { id, secret } = await made()
    expect(await opens(secret)).toBe(200)
    const answer = await server.ask('DELETE', `${path}/${id}`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect([await opens(secret), (await list()).total]).toEqual([401, 0])
    expect(await server.registry.database.read.selectFrom('grants').selectAll().execute()).toEqual([])
  })

  test('returns 404 if unknown or of another instance', async () => {
    const { id: elsewhere } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    const { id } = await made({ permissions: [can('*', 'pull')] }, `/v1/instances/${elsewhere}/robots`)
    for (const robot of [id, 4711, 'ci', '1e3', '99999999999999999999']) {
      for (const [method, at, body] of [
        ['PUT', `${path}/${robot}`, { disable: true }],
        ['PUT', `${path}/${robot}/secret`, { secret: '' }],
        ['DELETE', `${path}/${robot}`],
      ] as const) {
        expect(await refusalOf(await server.ask(method, at, { body })), at).toMatchObject({ status: 404 })
      }
    }
  })
})

test('robots are listed by name, in pages, and filtered by status', async () => {
  for (const name of ['c', 'a']) await create({ name })
  await create({ name: 'b', disable: true })
  expect((await list('?status=disabled')).robots).toMatchObject([{ name: 'ccr$b', disable: true }])
  expect((await list('?status=enabled')).total).toBe(2)
  const page = await list('?pageNo=2&pageSize=2')
  expect([page.total, page.pageSize, page.robots.map(({ name }: { name: string }) => name)]).toEqual([3, 2, ['ccr$c']])
  expect((await server.ask('GET', `${path}?status=other`)).status).toBe(400)
  expect((await server.ask('GET', `${path}?pageNo=x`)).status).toBe(400)
})

test('robots require the administrator role in the instance', async () => {
  const { id } = await made()
  const maintainer = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'maintainer' }])
  const administrator = await server.member('bob', [
    { instanceId: server.instance, namespace: null, role: 'administrator' },
  ])
  const outsider = await server.member('eve', [])
  for (const [method, at, body] of [
    ['GET', path],
    ['POST', path, { name: 'new', duration: 1, permissions: [can('team', 'pull')] }],
    ['PUT', `${path}/${id}`, { disable: false }],
    ['PUT', `${path}/${id}/secret`, {}],
    ['DELETE', `${path}/${id}`],
  ] as const) {
    expect(await refusalOf(await server.askAnonymously(method, at, { body }))).toMatchObject({ code: 'SignatureEmpty' })
    expect(await refusalOf(await maintainer(method, at, { body }))).toMatchObject({ status: 401, code: 'Unauthorized' })
    expect(await refusalOf(await outsider(method, at, { body }))).toMatchObject({ status: 404, code: 'NotFound' })
    expect((await administrator(method, at, { body })).status, `${method} ${at}`).toBe(200)
    expect((await server.ask(method, at.replace(server.instance, 'ccr-00000000'), { body })).status).toBe(404)
  }
})

describe('real clients', () => {
  test('the older Go SDK omits fields that are false, empty or zero from an update: they stay unchanged', async () => {
    const { id } = await made({ description: 'Deploys', disable: true })
    await update(id, { duration: 60 })
    expect((await list()).robots[0]).toMatchObject({ description: 'Deploys', disable: true, duration: 60 })
  })

  test('the older Go SDK sends pageNo=0 and pageSize=0 for unset parameters', async () => {
    await create()
    expect(await list('?pageNo=0&pageSize=0&status=')).toMatchObject({ total: 1, pageNo: 1, pageSize: 10 })
  })

  test('the Go and Java SDKs parse the expiry of a robot as 32 bits: a later one is rejected', async () => {
    const most = Math.floor((2 ** 31 - Date.parse(server.registry.now()) / 1000) / 86_400)
    expect((await made({ duration: most })).expiresAt).toBeLessThan(2 ** 31)
    const refusal = await refusalOf(await create({ name: 'later', duration: most + 1 }))
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining(most.toLocaleString('en-US')) })
  })
})
