import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  path = `/console/instances/${server.instance}/charts`
  for (const namespace of ['bravo', 'alpha']) {
    await server.namespace(namespace)
    await server.publish(namespace, { name: 'nginx', version: '1.0.0' })
  }
  await server.publish('bravo', { name: 'apache', version: '2.0.0' })
})
afterEach(() => server.close())

async function list(query = ''): Promise<string[]> {
  const { items } = await (await server.ask('GET', `${path}${query}`)).json()
  return items.map(({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`)
}

test('charts of all namespaces are sorted by name, then by namespace', async () => {
  expect(await list()).toEqual(['bravo/apache', 'alpha/nginx', 'bravo/nginx'])
  expect(await list('?chartName=ngx')).toEqual(['alpha/nginx', 'bravo/nginx'])
  expect(await list('?pageNo=2&pageSize=2')).toEqual(['bravo/nginx'])
})

test('charts of several namespaces are deleted in one request, which ignores those that do not exist', async () => {
  const items = [
    { namespace: 'alpha', name: 'nginx' },
    { namespace: 'bravo', name: 'nginx' },
    { namespace: 'bravo', name: 'gone' },
  ]
  const answer = await server.ask('DELETE', path, { body: { items } })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(await list()).toEqual(['bravo/apache'])
})

test('a batch is atomic: an unknown namespace fails all of it', async () => {
  const items = [
    { namespace: 'alpha', name: 'nginx' },
    { namespace: 'missing', name: 'nginx' },
  ]
  const refusal = await refusalOf(await server.ask('DELETE', path, { body: { items } }))
  expect(refusal).toMatchObject({ status: 404, code: 'NotFound' })
  expect(refusal.message).toContain('missing')
  expect(await list()).toHaveLength(3)
})

test('an empty batch returns 400', async () => {
  for (const body of [undefined, {}, { items: [] }, { items: ['nginx'] }]) {
    expect(await refusalOf(await server.ask('DELETE', path, { body }))).toMatchObject({
      status: 400,
      code: 'BadRequest',
    })
  }
  expect(await list()).toHaveLength(3)
})

test('an unknown instance returns 404', async () => {
  const missing = '/console/instances/ccr-00000000/charts'
  expect((await server.ask('GET', missing)).status).toBe(404)
  const items = [{ namespace: 'alpha', name: 'nginx' }]
  expect((await server.ask('DELETE', missing, { body: { items } })).status).toBe(404)
})

test('charts require a session', async () => {
  const items = [{ namespace: 'alpha', name: 'nginx' }]
  expect((await server.askAnonymously('GET', path)).status).toBe(401)
  expect((await server.askAnonymously('DELETE', path, { body: { items } })).status).toBe(401)
  expect(await list()).toHaveLength(3)
})

test('the settings require a session', async () => {
  expect(await (await server.ask('GET', '/console/settings')).json()).toEqual({
    version: '0.0.0-test',
    publicUrl: 'http://localhost:8080',
    maxUploadBytes: server.registry.maxUploadBytes,
  })
  expect((await server.askAnonymously('GET', '/console/settings')).status).toBe(401)
})

describe('summaries', () => {
  const facts = async (charts: readonly string[], ask = server.ask) =>
    (await (await ask('GET', `${path}/summaries?${charts.map((chart) => `chart=${chart}`).join('&')}`)).json()).items

  test('have the highest stable version of each chart', async () => {
    for (const version of ['1.2.0', '2.0.0-rc.1']) await server.publish('alpha', { name: 'nginx', version })
    await server.publish('alpha', { name: 'young', version: '0.1.0-alpha' })
    expect(await facts(['alpha/nginx', 'alpha/young', 'alpha/gone', 'gone/nginx', 'nonsense'])).toEqual([
      { namespace: 'alpha', name: 'nginx', latestStable: '1.2.0' },
      { namespace: 'alpha', name: 'young', latestStable: null },
    ])
  })

  test('exclude charts that the caller may not read', async () => {
    const guest = await server.member('gus', [{ instanceId: server.instance, namespace: 'alpha', role: 'guest' }])
    expect(await facts(['alpha/nginx', 'bravo/nginx'], guest)).toMatchObject([{ namespace: 'alpha' }])
  })

  test('require a session and 1 to 100 charts', async () => {
    expect((await server.ask('GET', `${path}/summaries`)).status).toBe(400)
    const many = Array.from({ length: 101 }, (_, index) => `chart=alpha/c${index}`).join('&')
    expect((await server.ask('GET', `${path}/summaries?${many}`)).status).toBe(400)
    expect((await server.askAnonymously('GET', `${path}/summaries?chart=alpha/nginx`)).status).toBe(401)
  })
})
