import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeChart } from '../../../../chart/testing/make-chart.ts'
import { robotEndpoints } from '../../../../contract/ccr/robots.ts'
import { type ListeningApp, openListeningApp } from '../../testing/listening-app.ts'
import type { KeyPair } from './testing/sign-request.ts'
import { type VendorAnswer, type VendorRequest, vendorClient } from './testing/vendor-client.ts'

/** Calls every route of the management API with the vendor's own client. The last test fails for a route without a call. */

let server: ListeningApp
let pair: KeyPair

beforeAll(async () => {
  server = await openListeningApp({ time: new Date().toISOString() })
  pair = await (await server.ask('POST', '/console/account/access-keys', { body: { description: 'tests' } })).json()
})
afterAll(() => server.close())

const made = new Set<string>()
const INSTANCE = '/v1/instances/:instanceId'
const NAMESPACE = `${INSTANCE}/projects/:namespace`
const CHART = `${NAMESPACE}/charts/:chart`

/** Calls a route; `params` follow the instance's ID. */
function call(method: string, route: string, params: readonly string[] = [], request: VendorRequest = {}) {
  made.add(`${method} ${route}`)
  const path = [server.instance, ...params].reduce((text, value) => text.replace(/:\w+/, value), route)
  return vendorClient(server.origin, pair).sendRequest(method, path, request)
}

const json = (body: unknown): VendorRequest => ({ body: JSON.stringify(body) })
const items = (...names: string[]) => json({ items: names })

async function upload(name: string, version: string): Promise<VendorAnswer> {
  const chart = await makeChart({ name, version })
  const form = new FormData()
  form.set('chart', new File([Buffer.from(chart.bytes)], chart.fileName))
  const sent = new Response(form)
  return call('POST', `${NAMESPACE}/charts`, ['team'], {
    body: Buffer.from(await sent.arrayBuffer()),
    headers: { 'Content-Type': sent.headers.get('content-type') ?? '' },
  })
}

test('instances', async () => {
  const created = await call('POST', '/v1/instances', [], json({ name: 'second', type: 'BASIC' }))
  expect(created.body).toMatchObject({ instanceID: expect.stringMatching(/^ccr-/) })
  const listed = await call('GET', '/v1/instances', [], { params: { keywordType: 'name', keyword: 'second' } })
  expect(listed.body).toMatchObject({ total: 1 })
  expect((await call('PUT', INSTANCE, [], json({ name: '中文 harbour' }))).body).toMatchObject({ id: server.instance })
  await call('PUT', `${INSTANCE}/tags`, [], json({ tags: [{ tagKey: 'a', tagValue: 'b' }] }))
  expect((await call('GET', INSTANCE)).body).toMatchObject({ info: { name: '中文 harbour', tags: [{ tagKey: 'a' }] } })
})

test('namespaces', async () => {
  for (const name of ['team', 'one', 'two']) {
    const created = await call('POST', `${INSTANCE}/projects`, [], json({ projectName: name, public: 'false' }))
    expect(created.body).toMatchObject({ projectName: name, public: 'false' })
  }
  const listed = await call('GET', `${INSTANCE}/projects`, [], { params: { pageNo: '1', pageSize: '2' } })
  expect(listed.body).toMatchObject({ total: 3, pageSize: 2 })
  expect((await call('PUT', NAMESPACE, ['team'], json({ autoScan: 'true', public: 'true' }))).body).toMatchObject({
    public: 'true',
  })
  expect((await call('GET', NAMESPACE, ['team'])).body).toMatchObject({ autoScan: 'true' })
  await call('DELETE', NAMESPACE, ['one'])
  await call('DELETE', `${INSTANCE}/projects`, [], items('two'))
  expect((await call('GET', `${INSTANCE}/projects`)).body).toMatchObject({ total: 1 })
})

test('charts: streamed uploads and downloads', async () => {
  for (const version of ['1.0.0', '1.1.0', '2.0.0+build.1', '3.0.0']) {
    expect((await upload('nginx', version)).body).toEqual({ result: null, success: true })
  }
  for (const name of ['redis', 'kafka']) await upload(name, '1.0.0')
  const listed = await call('GET', `${NAMESPACE}/charts`, ['team'], { params: { chartName: 'ngx' } })
  expect(listed.body).toMatchObject({ total: 1, items: [{ name: 'nginx', latestVersion: '3.0.0' }] })
  const versions = await call('GET', `${CHART}/versions`, ['team', 'nginx'], { params: { chartVersion: '0+b' } })
  expect(versions.body).toMatchObject({ total: 1, items: [{ version: '2.0.0+build.1' }] })
  const file = await call('GET', `${NAMESPACE}/charts/download/:filename`, ['team', 'nginx-2.0.0%2Bbuild.1.tgz'])
  expect(file.body).toEqual(Buffer.from((await makeChart({ name: 'nginx', version: '2.0.0+build.1' })).bytes))
  await call('DELETE', `${CHART}/versions/:version`, ['team', 'nginx', '2.0.0%2Bbuild.1'])
  await call('DELETE', `${CHART}/versions`, ['team', 'nginx'], items('1.0.0', '1.1.0'))
  await call('DELETE', CHART, ['team', 'redis'])
  await call('DELETE', `${NAMESPACE}/charts`, ['team'], items('kafka'))
  expect((await call('GET', `${NAMESPACE}/charts`, ['team'])).body).toMatchObject({
    total: 1,
    items: [{ name: 'nginx', totalVersions: 1 }],
  })
})

test('credentials, and the profile', async () => {
  await call('PUT', `${INSTANCE}/credential`, [], json({ password: 'Correct1horse' }))
  const issued = await call('POST', `${INSTANCE}/credential`, [], json({ duration: 1 }))
  expect(issued.body).toEqual({ password: expect.stringMatching(/^[0-9A-Za-z]{16}$/) })
  for (const path of ['/v1/users/profile', '/v1//users/profile']) {
    made.add(`GET ${path}`)
    const profile = await vendorClient(server.origin, pair).sendRequest('GET', path, { params: { userId: 'admin' } })
    expect(profile.body).toEqual({ name: 'admin' })
  }
})

test('robot accounts', async () => {
  const permissions = [{ kind: 'project', namespace: 'team', access: [{ resource: 'repository', action: 'pull' }] }]
  const robot = json({ name: 'ci', duration: 30, permissions })
  expect((await call('POST', `${INSTANCE}/robots`, [], robot)).body).toMatchObject({ name: 'ccr$ci', permissions })
  const listed = await call('GET', `${INSTANCE}/robots`, [], { params: { status: 'enabled' } })
  const id = String(robotEndpoints.list.response.parse(listed.body).robots[0]?.id)
  await call('PUT', `${INSTANCE}/robots/:robotId`, [id], json({ disable: true }))
  const rotated = await call('PUT', `${INSTANCE}/robots/:robotId/secret`, [id], json({ secret: '' }))
  expect(rotated.body).toEqual({ secret: expect.stringMatching(/^[0-9A-Za-z]{32}$/) })
  await call('DELETE', `${INSTANCE}/robots/:robotId`, [id])
  expect((await call('GET', `${INSTANCE}/robots`)).body).toMatchObject({ total: 0 })
})

test('an error has a code, a message and a request ID, as the client parses them', async () => {
  const refused = { status_code: 404, code: 'NotFound', request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }
  await expect(call('GET', NAMESPACE, ['missing'])).rejects.toMatchObject(refused)
  const wrong = vendorClient(server.origin, { ...pair, secret: 'f'.repeat(32) })
  await expect(wrong.sendRequest('GET', '/v1/instances')).rejects.toMatchObject({
    status_code: 403,
    code: 'IamSignatureInvalid',
  })
  const temporary = vendorClient(server.origin, pair, 'MjUzZjQ2+/=token')
  await expect(temporary.sendRequest('GET', '/v1/instances')).rejects.toMatchObject({
    status_code: 403,
    message: expect.stringContaining('STS'),
  })
})

test('every route is called above', () => {
  const routes = server.app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
  expect([...made].sort()).toEqual([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort())
})
