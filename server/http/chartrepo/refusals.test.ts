import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { insertAccount } from '../../testing/insert-account.ts'
import { quickPasswordHash } from '../../testing/quick-password-hash.ts'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  for (const namespace of ['team', 'open']) await server.publish(namespace, { name: 'nginx', version: '1.0.0' })
  // An account without grants.
  await insertAccount(server.registry, { id: 'guest', name: 'guest', role: 'member', password: 'guest' })
})
afterEach(() => server.close())

const asGuest = (method: string, path: string) =>
  server.askAnonymously(method, path, { headers: { Authorization: basic('guest', 'guest') } })

/** Requests that read a namespace. */
const reads = (namespace: string) => [
  ['GET', `/chartrepo/${namespace}/index.yaml`],
  ['HEAD', `/chartrepo/${namespace}/index.yaml`],
  ['GET', `/chartrepo/${namespace}/charts/nginx-1.0.0.tgz`],
  ['GET', `/chartrepo/${namespace}/charts/nothing-1.0.0.tgz`],
  ['GET', `/api/chartrepo/${namespace}/charts`],
  ['GET', `/api/chartrepo/${namespace}/charts/nginx`],
  ['GET', `/api/chartrepo/${namespace}/charts/nothing/1.0.0`],
  ['GET', `/${server.instance}/chartrepo/${namespace}/index.yaml`],
  ['GET', `/ccr-00000000/chartrepo/${namespace}/index.yaml`],
]
const changes = (namespace: string) => [
  ['POST', `/api/chartrepo/${namespace}/charts`],
  ['POST', `/api/chartrepo/${namespace}/prov`],
  ['POST', `/chartrepo/api/${namespace}/charts`],
  ['DELETE', `/api/chartrepo/${namespace}/charts/nginx/1.0.0`],
  ['DELETE', `/api/chartrepo/${namespace}/charts/nothing`],
  ['POST', `/api/${server.instance}/chartrepo/${namespace}/charts`],
  ['DELETE', `/api/ccr-00000000/chartrepo/${namespace}/charts/nginx`],
]

type Ask = (method: string, path: string) => Promise<Response>

async function statusesOf(ask: Ask, requests: string[][]): Promise<Set<number>> {
  const statuses = new Set<number>()
  for (const [method = '', path = ''] of requests) {
    const answer = await ask(method, path)
    expect(answer.headers.has('www-authenticate'), `${method} ${path}`).toBe(answer.status === 401)
    if (method !== 'HEAD' && answer.status >= 400) expect(await answer.json()).toEqual({ error: expect.any(String) })
    statuses.add(answer.status)
  }
  return statuses
}

describe('outside public namespaces, whether the resource exists or not', () => {
  test.each(['team', 'missing', 'NOT-A-NAME'])('anonymous callers get 401 in %s', async (namespace) => {
    const requests = [...reads(namespace), ...changes(namespace)]
    expect(await statusesOf(server.askAnonymously, requests)).toEqual(new Set([401]))
  })

  test.each(['team', 'missing', 'NOT-A-NAME'])('callers without a grant get 403 in %s', async (namespace) => {
    const requests = [...reads(namespace), ...changes(namespace)]
    expect(await statusesOf(asGuest, requests)).toEqual(new Set([403]))
  })

  test('authorized callers get 404 for a missing namespace or instance', async () => {
    expect(await statusesOf(server.askAsHelm, [...reads('missing'), ...changes('missing')])).toEqual(new Set([404]))
  })
})

describe('in a public namespace', () => {
  const found = () => reads('open').filter(([, path]) => !path?.includes('noth') && !path?.includes('ccr-00000000'))

  test('everyone may read', async () => {
    expect(await statusesOf(server.askAnonymously, found())).toEqual(new Set([200]))
    expect(await statusesOf(asGuest, found())).toEqual(new Set([200]))
  })

  test('everyone gets 404 for a missing file', async () => {
    for (const ask of [server.askAnonymously, asGuest]) {
      expect((await ask('GET', '/chartrepo/open/charts/nothing-1.0.0.tgz')).status).toBe(404)
    }
  })

  test('writes return 401 to anonymous callers and 403 to callers without a grant', async () => {
    expect(await statusesOf(server.askAnonymously, changes('open'))).toEqual(new Set([401]))
    expect(await statusesOf(asGuest, changes('open'))).toEqual(new Set([403]))
    expect((await server.askAnonymously('GET', '/chartrepo/open/charts/nginx-1.0.0.tgz')).status).toBe(200)
  })

  test('an invalid credential returns 401', async () => {
    for (const authorization of [
      basic('admin', 'guess'),
      basic('unknown', ''),
      'Bearer none',
      'Basic',
      'Basic !!!',
      'Digest username="admin"',
      '',
    ]) {
      const answer = await server.askAnonymously('GET', '/chartrepo/open/index.yaml', {
        headers: { Authorization: authorization },
      })
      expect(answer.status, authorization).toBe(401)
    }
  })

  test('the management API still requires authentication', async () => {
    const charts = `/v1/instances/${server.instance}/projects/open/charts`
    expect((await server.askAnonymously('GET', charts)).status).toBe(400)
  })
})

test.each([
  ['charts.example.org:8443', 'https://charts.example.org:8443/service/token'],
  ['not a host"', 'https://registry.example.org/service/token'],
])('a client that connected to %s gets a token service URL that it can reach', async (host, realm) => {
  server.context.publicUrl = 'https://registry.example.org'
  const answer = await server.askAnonymously('GET', '/chartrepo/team/index.yaml', { headers: { Host: host } })
  expect(answer.headers.get('www-authenticate')).toContain(`Bearer realm="${realm}",`)
})

describe('authentication', () => {
  test('rejects a session cookie of the console', async () => {
    expect((await server.ask('GET', '/chartrepo/team/index.yaml')).status).toBe(401)
  })

  test('accepts a name in UTF-8 and a password with colons', async () => {
    await server.registry.database.write((transaction) =>
      transaction
        .updateTable('accounts')
        .set({ name: '管理员', password_hash: quickPasswordHash('a:b:ç') })
        .where('id', '=', 'admin')
        .execute(),
    )
    const headers = { Authorization: basic('管理员', 'a:b:ç') }
    expect((await server.askAnonymously('GET', '/chartrepo/team/index.yaml', { headers })).status).toBe(200)
  })

  test('returns 429 with Retry-After after too many wrong passwords', async () => {
    const headers = { Authorization: basic('admin', 'guess') }
    const ask = () => server.askAnonymously('GET', '/chartrepo/team/index.yaml', { headers })
    for (let attempt = 0; attempt < 5; attempt++) expect((await ask()).status).toBe(401)
    const answer = await ask()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await answer.json()).toEqual({ error: expect.stringContaining('Wait 1 second,') })
  })

  test('rejects a form on another site: browsers attach remembered Basic passwords', async () => {
    const { bytes } = await makeChart({ name: 'nginx', version: '9.0.0' })
    for (const headers of [{ Origin: 'https://evil.example.org' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      const answer = await server.askAsHelm('POST', '/api/chartrepo/team/charts', { body: bytes, headers })
      expect([answer.status, await answer.json()]).toEqual([403, { error: expect.stringContaining('another site') }])
    }
  })

  test('translates the error message by Accept-Language', async () => {
    const answer = await server.askAnonymously('GET', '/chartrepo/team/index.yaml', {
      headers: { 'Accept-Language': 'zh-CN' },
    })
    expect(await answer.json()).toEqual({ error: expect.stringContaining('用户名') })
  })
})

test('an unexpected error returns a generic 500 and is logged once, with the request ID', async () => {
  await server.registry.database.close()
  const answer = await server.askAnonymously('GET', '/chartrepo/open/index.yaml')
  expect([answer.status, await answer.json()]).toEqual([500, { error: expect.stringContaining('went wrong') }])
  expect(server.logged).toMatchObject([
    { msg: 'request failed', requestId: answer.headers.get('x-bce-request-id'), path: '/chartrepo/open/index.yaml' },
  ])
})

test('helm cm-push to the merged repository gets a 404 that names the missing namespace', async () => {
  for (const path of [
    '/api/chartrepo/charts',
    '/chartrepo/api/charts',
    '/api/chartrepo/prov',
    `/api/${server.instance}/chartrepo/charts`,
    `/${server.instance}/chartrepo/api/charts`,
  ]) {
    const answer = await server.askAsHelm('POST', path, { body: 'x' })
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.json()).toEqual({ error: expect.stringContaining(`The namespace is missing from ${path}.`) })
  }
  // A namespace may be named like a segment of the path.
  expect((await server.askAsHelm('GET', '/api/chartrepo/charts/charts')).status).toBe(404)
  await server.namespace('charts')
  expect((await server.askAsHelm('GET', '/api/chartrepo/charts/charts')).status).toBe(200)
})
