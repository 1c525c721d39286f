import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

const INDEX = '/chartrepo/index.yaml'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  for (const version of ['1.0.0', '2.0.0']) await server.publish('open', { name: 'nginx', version })
})
afterEach(() => server.close())

const index = async (ask = server.askAsHelm) => (await ask('GET', INDEX)).json()

test('keys contain the namespace, names do not, because Helm accepts no slash in a name', async () => {
  const { entries, apiVersion } = await index()
  expect([apiVersion, Object.keys(entries)]).toEqual(['v1', ['open/nginx', 'team/nginx']])
  expect(entries['open/nginx']).toMatchObject([
    { name: 'nginx', version: '2.0.0', urls: ['open/charts/nginx-2.0.0.tgz'] },
    { name: 'nginx', version: '1.0.0', urls: ['open/charts/nginx-1.0.0.tgz'] },
  ])
})

test('URLs are relative to the merged repository and lead to the files', async () => {
  const { entries } = await index()
  const { pathname } = new URL(entries['team/nginx'][0].urls[0], 'http://localhost/chartrepo/')
  const answer = await server.askAsHelm('GET', pathname)
  expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"${entries['team/nginx'][0].digest}"`])
})

test('chart metadata that looks like a URL is left unchanged', async () => {
  const description = '"urls":["charts/x.tgz"]'
  await server.publish('team', { name: 'odd', version: '1.0.0', metadata: { description } })
  await server.publish('team', { name: 'o":[d', version: '1.0.0' })
  const { entries } = await index()
  expect(entries['team/odd']).toMatchObject([{ description, urls: ['team/charts/odd-1.0.0.tgz'] }])
  expect(entries['team/o":[d']).toHaveLength(1)
})

test('is up to date, and returns 304 if the ETag matches', async () => {
  const etag = (await server.askAsHelm('GET', INDEX)).headers.get('etag') ?? ''
  const again = () => server.askAsHelm('GET', INDEX, { headers: { 'If-None-Match': etag } })
  expect((await again()).status).toBe(304)
  await server.publish('team', { name: 'redis', version: '1.0.0' })
  const answer = await again()
  expect(answer.status).toBe(200)
  expect(Object.keys((await answer.json()).entries)).toContain('team/redis')
})

test("anonymous callers get only public namespaces, even after an administrator's index was cached", async () => {
  await index()
  const { entries } = await index(server.askAnonymously)
  expect(Object.keys(entries)).toEqual(['open/nginx'])
})

test('anonymous callers no longer get a namespace that became private', async () => {
  const project = `/v1/instances/${server.instance}/projects/open`
  await server.ask('PUT', project, { body: { public: 'false' } })
  expect((await server.askAnonymously('GET', INDEX)).status).toBe(401)
})

test('anonymous callers get 401 with challenges if no namespace is public', async () => {
  await server.ask('DELETE', `/v1/instances/${server.instance}/projects/open/charts/nginx`)
  await server.ask('DELETE', `/v1/instances/${server.instance}/projects/open`)
  const answer = await server.askAnonymously('GET', INDEX)
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic .*, Bearer /)
})

test('a wrong password returns 401, not the anonymous index', async () => {
  const headers = { Authorization: 'Basic YWRtaW46Z3Vlc3M=' }
  expect((await server.askAsHelm('GET', INDEX, { headers })).status).toBe(401)
})

test('contains the charts of one instance only', async () => {
  const { instanceID } = await (
    await server.ask('POST', '/v1/instances', { body: { name: 'second', type: 'BASIC' } })
  ).json()
  const answer = await server.askAsHelm('GET', `/${instanceID}${INDEX}`)
  expect((await answer.json()).entries).toEqual({})
  expect((await server.askAsHelm('GET', `/ccr-00000000${INDEX}`)).status).toBe(404)
})
