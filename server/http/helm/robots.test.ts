import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInstance } from '../../registry/instances/instances.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Access of robot accounts in the APIs for Helm. */

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

const can = (namespace: string, ...actions: string[]) => ({
  kind: 'project',
  namespace,
  access: actions.map((action) => ({ resource: 'repository', action })),
})
async function made(change: Record<string, unknown> = {}, at = path) {
  const body = { name: 'ci', duration: 30, permissions: [can('team', 'pull')], ...change }
  return (await server.ask('POST', at, { body })).json()
}
const disable = (id: number, disabled: boolean) => server.ask('PUT', `${path}/${id}`, { body: { disable: disabled } })

/** Status of a request by a robot, as Helm sends it. */
async function opens(secret: string, method = 'GET', at = '/v2/team/nginx/tags/list', name = 'ccr$ci') {
  return (await server.askAnonymously(method, at, { headers: { Authorization: basic(name, secret) } })).status
}
const pushes = (secret: string, namespace = 'team') => opens(secret, 'POST', `/v2/${namespace}/nginx/blobs/uploads/`)

test('a robot that may pull cannot push; the right to push includes the right to pull, also in the response', async () => {
  const { secret } = await made()
  expect([await pushes(secret), await opens(secret, 'DELETE', '/v2/team/nginx/manifests/1.0.0')]).toEqual([403, 403])
  const pusher = await made({ name: 'push', permissions: [can('team', 'push')] })
  expect(pusher.permissions).toEqual([can('team', 'pull', 'push')])
  const statusOf = (method: string, at: string) => opens(pusher.secret, method, at, 'ccr$push')
  expect(await statusOf('GET', '/v2/team/nginx/tags/list')).toBe(200)
  expect(await statusOf('POST', '/v2/team/nginx/blobs/uploads/')).toBe(202)
  expect(await statusOf('POST', '/v2/other/nginx/blobs/uploads/')).toBe(403)
})

test('a robot for all namespaces has access to those created later', async () => {
  const { secret, permissions } = await made({ permissions: [can('*', 'pull', 'push')] })
  expect(permissions).toEqual([can('*', 'pull', 'push')])
  await server.namespace('later')
  expect(await pushes(secret, 'later')).toBe(202)
})

test('a disabled robot and its tokens get 401 until it is enabled', async () => {
  const { id, secret } = await made()
  const headers = { Authorization: basic('ccr$ci', secret) }
  const service = '/service/token?scope=repository:team/nginx:pull'
  const { token } = await (await server.askAnonymously('GET', service, { headers })).json()
  const bearer = { Authorization: `Bearer ${token}` }
  const byToken = async () =>
    (await server.askAnonymously('GET', '/v2/team/nginx/tags/list', { headers: bearer })).status
  expect([await opens(secret), await byToken()]).toEqual([200, 200])
  await disable(id, true)
  const events = await recordedBy(server, async () => {
    const answer = await server.askAnonymously('GET', '/chartrepo/team/index.yaml', { headers })
    expect([answer.status, (await answer.json()).error]).toEqual([401, expect.stringContaining('ccr$ci is disabled')])
  })
  expect(events).toMatchObject([{ action: 'sign-in', reason: 'robot-disabled', actor: 'ccr$ci' }])
  expect([await opens(secret), await byToken(), await opens('wrong-secret')]).toEqual([401, 401, 401])
  await disable(id, false)
  expect([await opens(secret), await byToken()]).toEqual([200, 200])
})

test('robots of two instances with the same name and secret keep their own permissions', async () => {
  const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
  await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
  const secret = 'Ch0sen!secret'
  await made({ secret })
  await made({ secret, permissions: [can('*', 'push')] }, `/v1/instances/${id}/robots`)
  expect([await opens(secret), await pushes(secret)]).toEqual([200, 403])
  expect(await opens(secret, 'POST', `/v2/${id}/team/nginx/blobs/uploads/`)).toBe(202)
  const hashes = await server.registry.database.read.selectFrom('robots').select('secret_hash').execute()
  // One salt for all robots of a name: a guess costs one slow hash, however many there are.
  expect(new Set(hashes.map(({ secret_hash }) => secret_hash.split('$')[4])).size).toBe(1)
})

test('a robot gets 403 at other instances, but may ping everywhere', async () => {
  const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
  const { secret } = await made({ permissions: [can('*', 'push')] }, `/v1/instances/${id}/robots`)
  expect([await opens(secret), await opens(secret, 'GET', '/v2/')]).toEqual([403, 200])
  expect(await opens(secret, 'GET', '/chartrepo/team/index.yaml')).toBe(403)
})

test('a robot is rate limited after wrong secrets, as an account is', async () => {
  const { secret } = await made()
  for (let attempt = 0; attempt < 5; attempt++) await opens(`guess-${attempt}`)
  expect(await opens(secret)).toBe(429)
})

test('the time of last use of a robot is at most a minute old', async () => {
  const { id, secret } = await made()
  const facts = async () => {
    const answer = await server.ask('GET', `/console/instances/${server.instance}/robots/summaries?id=${id}&id=4711`)
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
  const base = `/console/instances/${server.instance}/robots/summaries`
  for (const query of ['', '?id=x', `?${'id=1&'.repeat(101)}`]) {
    expect((await server.ask('GET', `${base}${query}`)).status, query).toBe(400)
  }
  const maintainer = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'maintainer' }])
  expect((await maintainer('GET', `${base}?id=1`)).status).toBe(401)
})
