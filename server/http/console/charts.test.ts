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

test('charts of all namespaces stand by name, then by namespace', async () => {
  expect(await list()).toEqual(['bravo/apache', 'alpha/nginx', 'bravo/nginx'])
  expect(await list('?chartName=ngx')).toEqual(['alpha/nginx', 'bravo/nginx'])
  expect(await list('?pageNo=2&pageSize=2')).toEqual(['bravo/nginx'])
})

test('charts of several namespaces are deleted at once, and what is gone counts as gone', async () => {
  const items = [
    { namespace: 'alpha', name: 'nginx' },
    { namespace: 'bravo', name: 'nginx' },
    { namespace: 'bravo', name: 'gone' },
  ]
  const answer = await server.ask('DELETE', path, { body: { items } })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(await list()).toEqual(['bravo/apache'])
})

test('all or none: a namespace that is missing stops the whole', async () => {
  const items = [
    { namespace: 'alpha', name: 'nginx' },
    { namespace: 'nobody', name: 'nginx' },
  ]
  const refusal = await refusalOf(await server.ask('DELETE', path, { body: { items } }))
  expect(refusal).toMatchObject({ status: 404, code: 'NotFound' })
  expect(refusal.message).toContain('nobody')
  expect(await list()).toHaveLength(3)
})

test('a batch of nothing is refused', async () => {
  for (const body of [undefined, {}, { items: [] }, { items: ['nginx'] }]) {
    expect(await refusalOf(await server.ask('DELETE', path, { body }))).toMatchObject({
      status: 400,
      code: 'BadRequest',
    })
  }
  expect(await list()).toHaveLength(3)
})

test('an instance that is missing is 404', async () => {
  const missing = '/console/instances/ccr-00000000/charts'
  expect((await server.ask('GET', missing)).status).toBe(404)
  const items = [{ namespace: 'alpha', name: 'nginx' }]
  expect((await server.ask('DELETE', missing, { body: { items } })).status).toBe(404)
})

test('nobody sees or deletes anything without a session', async () => {
  const items = [{ namespace: 'alpha', name: 'nginx' }]
  expect((await server.askAnonymously('GET', path)).status).toBe(401)
  expect((await server.askAnonymously('DELETE', path, { body: { items } })).status).toBe(401)
  expect(await list()).toHaveLength(3)
})

test('the settings say what the console must know, to those who are signed in', async () => {
  expect(await (await server.ask('GET', '/console/settings')).json()).toEqual({
    version: '0.0.0-test',
    publicUrl: 'http://localhost:8080',
    maxUploadBytes: server.registry.maxUploadBytes,
  })
  expect((await server.askAnonymously('GET', '/console/settings')).status).toBe(401)
})

describe('facts', () => {
  const facts = async (charts: readonly string[], ask = server.ask) =>
    (await (await ask('GET', `${path}/summaries?${charts.map((chart) => `chart=${chart}`).join('&')}`)).json()).items

  test('name the highest stable version of each chart', async () => {
    for (const version of ['1.2.0', '2.0.0-rc.1']) await server.publish('alpha', { name: 'nginx', version })
    await server.publish('alpha', { name: 'young', version: '0.1.0-alpha' })
    expect(await facts(['alpha/nginx', 'alpha/young', 'alpha/gone', 'gone/nginx', 'nonsense'])).toEqual([
      { namespace: 'alpha', name: 'nginx', latestStable: '1.2.0' },
      { namespace: 'alpha', name: 'young', latestStable: null },
    ])
  })

  test('leave out what the caller may not read', async () => {
    const guest = await server.member('gus', [{ instanceId: server.instance, namespace: 'alpha', role: 'guest' }])
    expect(await facts(['alpha/nginx', 'bravo/nginx'], guest)).toMatchObject([{ namespace: 'alpha' }])
  })

  test('are of one to a hundred charts', async () => {
    expect((await server.ask('GET', `${path}/summaries`)).status).toBe(400)
    const many = Array.from({ length: 101 }, (_, index) => `chart=alpha/c${index}`).join('&')
    expect((await server.ask('GET', `${path}/summaries?${many}`)).status).toBe(400)
    expect((await server.askAnonymously('GET', `${path}/summaries?chart=alpha/nginx`)).status).toBe(401)
  })
})
