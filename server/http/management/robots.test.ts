import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createInstance } from '../../registry/instances.ts'
import { createNamespace } from '../../registry/namespaces.ts'
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
/** Lets time go by in which the administrator now and then does something: a session without that ends. */
async function passSignedIn(time: number) {
  for (let left = time; left > 0; left -= 10 * HOUR) {
    server.pass(Math.min(left, 10 * HOUR))
    await list()
  }
}
const update = (id: number, body: unknown) => server.ask('PUT', `${path}/${id}`, { body })
const list = async (query = '') => (await server.ask('GET', `${path}${query}`)).json()

/** The status that a robot gets, as helm asks. */
async function opens(secret: string, method = 'GET', at = '/v2/team/nginx/tags/list', name = 'ccr$ci') {
  return (await server.askAnonymously(method, at, { headers: { Authorization: basic(name, secret) } })).status
}
const pushes = (secret: string, namespace = 'team') => opens(secret, 'POST', `/v2/${namespace}/nginx/blobs/uploads/`)

describe('a robot account', () => {
  test('is made with all that the SDKs read, its secret told this once', async () => {
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

  test('that pulls does not push, and one that pushes pulls, which the answer says', async () => {
    const { secret } = await made()
    expect([await pushes(secret), await opens(secret, 'DELETE', '/v2/team/nginx/manifests/1.0.0')]).toEqual([403, 403])
    const pusher = await made({ name: 'push', permissions: [can('team', 'push')] })
    expect(pusher.permissions).toEqual([can('team', 'pull', 'push')])
    const asked = (method: string, at: string) => opens(pusher.secret, method, at, 'ccr$push')
    expect(await asked('GET', '/v2/team/nginx/tags/list')).toBe(200)
    expect(await asked('POST', '/v2/team/nginx/blobs/uploads/')).toBe(202)
    expect(await asked('POST', '/v2/other/nginx/blobs/uploads/')).toBe(403)
  })

  test('for all namespaces gets into those that come later', async () => {
    const { secret, permissions } = await made({ permissions: [can('*', 'pull', 'push')] })
    expect(permissions).toEqual([can('*', 'pull', 'push')])
    await server.namespace('later')
    expect(await pushes(secret, 'later')).toBe(202)
  })

  test('never ends where that is asked for; else its days are counted down', async () => {
    expect(await made({ name: 'ever', duration: -1 })).toMatchObject({ duration: -1, expiresAt: -1 })
    const { secret } = await made({ duration: 2 })
    await passSignedIn(DAY + HOUR)
    expect((await list()).robots).toMatchObject([{ duration: 1 }, { duration: -1 }])
    expect(await opens(secret)).toBe(200)
    await passSignedIn(DAY)
    expect((await list()).robots[0].duration).toBe(0)
    expect(await opens(secret)).toBe(401)
  })

  test('has the secret that was chosen for it, or one that is made up', async () => {
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
  ])('is refused with 400: %j', async (change) => {
    expect(await refusalOf(await create(change))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect(await list()).toMatchObject({ total: 0 })
  })

  test('for a namespace that is not there is refused with 404 that names it', async () => {
    const refusal = await refusalOf(await create({ permissions: [can('team', 'pull'), can('gone', 'pull')] }))
    expect(refusal).toMatchObject({ status: 404, code: 'NotFound', message: expect.stringContaining('gone') })
    expect(await list()).toMatchObject({ total: 0 })
  })

  test('has a name of its own in the instance: 409 StatusConflict', async () => {
    await create()
    expect(await refusalOf(await create())).toMatchObject({ status: 409, code: 'StatusConflict' })
  })

  test('is changed where something is sent; it holds from the next request on', async () => {
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

  test('that is disabled gets in no more, nor its tokens, until it is enabled', async () => {
    const { id, secret } = await made()
    const headers = { Authorization: basic('ccr$ci', secret) }
    const service = '/service/token?scope=repository:team/nginx:pull'
    const { token } = await (await server.askAnonymously('GET', service, { headers })).json()
    const byToken = async () =>
      (
        await server.askAnonymously('GET', '/v2/team/nginx/tags/list', {
          headers: { Authorization: `Bearer ${token}` },
        })
      ).status
    expect([await opens(secret), await byToken()]).toEqual([200, 200])
    await update(id, { disable: true })
    const answer = await server.askAnonymously('GET', '/chartrepo/team/index.yaml', { headers })
    expect([answer.status, (await answer.json()).error]).toEqual([401, expect.stringContaining('ccr$ci is disabled')])
    expect([await opens(secret), await byToken(), await opens('wrong-secret')]).toEqual([401, 401, 401])
    expect((await list('?status=disabled')).total).toBe(1)
    expect((await list('?status=enabled')).total).toBe(0)
    await update(id, { disable: false })
    expect([await opens(secret), await byToken()]).toEqual([200, 200])
  })

  test('gets another secret, chosen or made up, and the one before is void at once', async () => {
    const { id, secret } = await made()
    expect(await opens(secret)).toBe(200)
    const rotate = async (body: unknown) => (await server.ask('PUT', `${path}/${id}/secret`, { body })).json()
    const next = (await rotate({ secret: '' })).secret
    expect([await opens(secret), await opens(next)]).toEqual([401, 200])
    expect(await rotate({ secret: 'Ch0sen!secret' })).toEqual({ secret: 'Ch0sen!secret' })
    expect([await opens(next), await opens('Ch0sen!secret')]).toEqual([401, 200])
    expect((await server.ask('PUT', `${path}/${id}/secret`, { body: { secret: 'no' } })).status).toBe(400)
  })

  test('that is deleted is gone, with its grants', async () => {
    const { id, secret } = await made()
    expect(await opens(secret)).toBe(200)
    const answer = await server.ask('DELETE', `${path}/${id}`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect([await opens(secret), (await list()).total]).toEqual([401, 0])
    expect(await server.registry.database.read.selectFrom('grants').selectAll().execute()).toEqual([])
  })

  test('that is missing, or another instance’s, is 404', async () => {
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

  test('may have the name and the secret of one at another instance, and is itself at each', async () => {
    const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
    const secret = 'Ch0sen!secret'
    await create({ secret })
    await create({ secret, permissions: [can('*', 'push')] }, `/v1/instances/${id}/robots`)
    expect([await opens(secret), await pushes(secret)]).toEqual([200, 403])
    expect(await opens(secret, 'POST', `/v2/${id}/team/nginx/blobs/uploads/`)).toBe(202)
    const hashes = await server.registry.database.read.selectFrom('robots').select('secret_hash').execute()
    // One salt: however many robots have the name, a guess costs one slow hash.
    expect(new Set(hashes.map(({ secret_hash }) => secret_hash.split('$')[4])).size).toBe(1)
  })

  test('opens its own instance alone: 403 elsewhere, and the ping everywhere', async () => {
    const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    const { secret } = await made({ permissions: [can('*', 'push')] }, `/v1/instances/${id}/robots`)
    expect([await opens(secret), await opens(secret, 'GET', '/v2/')]).toEqual([403, 200])
    expect(await opens(secret, 'GET', '/chartrepo/team/index.yaml')).toBe(403)
  })

  test('that somebody guesses at has to wait, as an account has', async () => {
    const { secret } = await made()
    for (let attempt = 0; attempt < 5; attempt++) await opens(`guess-${attempt}`)
    expect(await opens(secret)).toBe(429)
  })
})

test('robots are listed by name and page', async () => {
  for (const name of ['c', 'a', 'b']) await create({ name })
  const page = await list('?pageNo=2&pageSize=2')
  expect([page.total, page.pageSize, page.robots.map(({ name }: { name: string }) => name)]).toEqual([3, 2, ['ccr$c']])
  expect((await server.ask('GET', `${path}?status=other`)).status).toBe(400)
  expect((await server.ask('GET', `${path}?pageNo=x`)).status).toBe(400)
})

test('robots are for administrators of the instance', async () => {
  const { id } = await made()
  const maintainer = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'maintainer' }])
  const administrator = await server.member('bob', [
    { instanceId: server.instance, namespace: null, role: 'administrator' },
  ])
  const stranger = await server.member('eve', [])
  for (const [method, at, body] of [
    ['GET', path],
    ['POST', path, { name: 'new', duration: 1, permissions: [can('team', 'pull')] }],
    ['PUT', `${path}/${id}`, { disable: false }],
    ['PUT', `${path}/${id}/secret`, {}],
    ['DELETE', `${path}/${id}`],
  ] as const) {
    expect(await refusalOf(await server.askAnonymously(method, at, { body }))).toMatchObject({ code: 'SignatureEmpty' })
    expect(await refusalOf(await maintainer(method, at, { body }))).toMatchObject({ status: 401, code: 'Unauthorized' })
    expect(await refusalOf(await stranger(method, at, { body }))).toMatchObject({ status: 404, code: 'NotFound' })
    expect((await administrator(method, at, { body })).status, `${method} ${at}`).toBe(200)
    expect((await server.ask(method, at.replace(server.instance, 'ccr-00000000'), { body })).status).toBe(404)
  }
})

test('that a robot was used is told within a minute', async () => {
  const { id, secret } = await made()
  const facts = async () => {
    const answer = await server.ask('GET', `/console/instances/${server.instance}/robots/facts?id=${id}&id=4711`)
    return (await answer.json()).items
  }
  expect(await facts()).toEqual([{ id, lastUsed: null, createdBy: 'admin' }])
  const first = server.registry.now()
  await opens(secret)
  server.pass(59_000)
  await opens(secret)
  expect(await facts()).toMatchObject([{ lastUsed: first }])
  server.pass(1000)
  await opens(secret)
  expect(await facts()).toMatchObject([{ lastUsed: server.registry.now() }])
  const base = `/console/instances/${server.instance}/robots/facts`
  for (const query of ['', '?id=x', `?${'id=1&'.repeat(101)}`]) {
    expect((await server.ask('GET', `${base}${query}`)).status, query).toBe(400)
  }
  const maintainer = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'maintainer' }])
  expect((await maintainer('GET', `${base}?id=1`)).status).toBe(401)
})

test('what is done to robots is recorded, and no secret with it', async () => {
  const { id, secret } = await made({ secret: 'Ch0sen!secret' })
  await update(id, { disable: true })
  await server.ask('PUT', `${path}/${id}/secret`, { body: {} })
  await server.ask('DELETE', `${path}/${id}`)
  const deeds = await server.registry.database.read
    .selectFrom('audit_events')
    .selectAll()
    .where('subject', '=', 'ccr$ci')
    .orderBy('id')
    .execute()
  expect(deeds.map(({ action }) => action)).toEqual(['robot.create', 'robot.change', 'robot.secret', 'robot.delete'])
  expect(JSON.stringify(deeds)).not.toContain(secret)
})

describe('what real clients do', () => {
  test('the older Go SDK leaves out what is false, empty or zero when it changes a robot: that stays', async () => {
    const { id } = await made({ description: 'Deploys', disable: true })
    await update(id, { duration: 60 })
    expect((await list()).robots[0]).toMatchObject({ description: 'Deploys', disable: true, duration: 60 })
  })

  test('the older Go SDK sends pageNo=0 and pageSize=0 where nothing is set', async () => {
    await create()
    expect(await list('?pageNo=0&pageSize=0&status=')).toMatchObject({ total: 1, pageNo: 1, pageSize: 10 })
  })

  test('the Go and Java SDKs read the end of a robot into 32 bits: later is refused', async () => {
    const most = Math.floor((2 ** 31 - Date.parse(server.registry.now()) / 1000) / 86_400)
    expect((await made({ duration: most })).expiresAt).toBeLessThan(2 ** 31)
    const refusal = await refusalOf(await create({ name: 'later', duration: most + 1 }))
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining(String(most)) })
  })
})
