import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
/** ID of an instance other than the default one. */
let second: string

beforeEach(async () => {
  server = await openTestApp({ publicUrl: 'https://charts.example.org' })
  const answer = await server.ask('POST', '/v1/instances', { body: { name: 'second', type: 'BASIC' } })
  second = (await answer.json()).instanceID
})
afterEach(() => server.close())

const domains = (instance = second) => `/console/instances/${instance}/domains`
const put = (wanted: unknown, instance = second) => server.ask('PUT', domains(instance), { body: { domains: wanted } })
const kept = async (instance = second) => (await (await server.ask('GET', domains(instance))).json()).domains
const infoOf = async (instance = second) => (await (await server.ask('GET', `/v1/instances/${instance}`)).json()).info

describe('the custom domains of an instance', () => {
  test('are replaced as a whole, and returned sorted, in lower case, without duplicates', async () => {
    expect(await kept()).toEqual([])
    const answer = await put(['B.example.org', ' a.example.org ', 'b.example.org'])
    const domains = ['a.example.org', 'b.example.org']
    expect([answer.status, await answer.json()]).toEqual([200, { domains, notInUse: [] }])
    expect(await kept()).toEqual(['a.example.org', 'b.example.org'])
    await put([])
    expect(await kept()).toEqual([])
  })

  test('appear in the management API, and become the URL of the instance', async () => {
    expect(await infoOf()).toMatchObject({ customDomains: [], publicURL: `charts.example.org/${second}` })
    await put(['helm.example.org'])
    expect(await infoOf()).toMatchObject({ customDomains: ['helm.example.org'], publicURL: 'helm.example.org' })
    const { instances } = await (await server.ask('GET', '/v1/instances?keyword=second')).json()
    expect(instances).toMatchObject([{ customDomains: ['helm.example.org'], publicURL: 'helm.example.org' }])
  })

  test('do not change the URL of the default instance', async () => {
    await put(['helm.example.org'], server.instance)
    const info = await infoOf(server.instance)
    expect(info).toMatchObject({ customDomains: ['helm.example.org'], publicURL: 'charts.example.org' })
  })

  test('belong to one instance only: 409 with the domain that is taken, and nothing changes', async () => {
    await put(['a.example.org'], server.instance)
    await put(['b.example.org'])
    const refusal = await refusalOf(await put(['c.example.org', 'a.example.org']))
    expect(refusal).toMatchObject({ status: 409, code: 'StatusConflict' })
    expect(refusal.message).toContain('a.example.org')
    expect([await kept(), await kept(server.instance)]).toEqual([['b.example.org'], ['a.example.org']])
  })

  test('cannot be the domain of the server, which would make the default instance unreachable', async () => {
    const refusal = await refusalOf(await put(['charts.example.org']))
    expect(refusal).toMatchObject({ status: 409, code: 'StatusConflict' })
  })

  test.each([
    ...['', 'a b.example.org', 'https://example.org', 'example.org:8443', 'example.org/x', '-a.example.org', 'a..org'],
    ...['192.0.2.1', '[2001:db8::1]', 'exämple.org', 'example.org.', `${'a'.repeat(64)}.org`, 'a.'.repeat(130)],
    ...['localhost', 'LOCALHOST', 'localhost.localdomain', 'x.localhost', 'charts', '0x7f.0x1', '1.2.3.4', '10.1'],
  ])('cannot be “%s”', async (domain) => {
    expect(await refusalOf(await put([domain]))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect(await kept()).toEqual([])
  })

  test('are a list of at most twenty', async () => {
    for (const wanted of [
      undefined,
      'a.example.org',
      [1],
      Array.from({ length: 21 }, (_, at) => `d${at}.example.org`),
    ]) {
      expect((await put(wanted)).status).toBe(400)
    }
  })

  test('return 404 for an unknown instance', async () => {
    expect((await put(['a.example.org'], 'ccr-00000000')).status).toBe(404)
    expect((await server.ask('GET', domains('ccr-00000000'))).status).toBe(404)
  })

  test('can be changed by administrators of the registry only', async () => {
    const ask = await server.member('ann', [{ instanceId: second, namespace: null, role: 'administrator' }])
    for (const wanted of [['ann.example.org'], ['localhost'], []]) {
      const refusal = await refusalOf(await ask('PUT', domains(), { body: { domains: wanted } }))
      expect(refusal).toMatchObject({ status: 403, code: 'AccessDenied' })
    }
    expect((await ask('GET', domains())).status).toBe(200)
    expect(await kept()).toEqual([])
  })

  test('require a session', async () => {
    expect((await server.askAnonymously('GET', domains())).status).toBe(401)
    expect((await server.askAnonymously('PUT', domains(), { body: { domains: [] } })).status).toBe(401)
  })
})

describe('the instance of a request to an API for Helm', () => {
  beforeEach(async () => {
    await server.namespace('first', { public: true })
    await createNamespace(server.registry, { ...server.call, instance: second }, { name: 'second', public: true })
    await put(['helm.example.org'])
  })

  const status = async (host: string, path: string) =>
    (await server.askAsHelm('GET', path, { headers: { Host: host } })).status

  test.each(['helm.example.org', 'HELM.Example.Org', 'helm.example.org:8443', 'helm.example.org.'])(
    'is that of the domain: %s',
    async (host) => {
      expect(await status(host, '/chartrepo/second/index.yaml')).toBe(200)
      expect(await status(host, '/chartrepo/first/index.yaml')).toBe(404)
    },
  )

  test('must be the same by domain and by ID in the path: otherwise 404 for every caller', async () => {
    const paths = (id: string) => [
      `/${id}/chartrepo/second/index.yaml`,
      `/${id}/chartrepo/first/index.yaml`,
      `/${id}/chartrepo/index.yaml`,
      `/api/${id}/chartrepo/second/charts`,
      `/v2/${id}/second/nginx/tags/list`,
    ]
    for (const id of [server.instance, 'ccr-00000000']) {
      for (const path of paths(id)) {
        expect(await status('helm.example.org', path), path).toBe(404)
        const answer = await server.askAnonymously('GET', path, { headers: { Host: 'helm.example.org' } })
        expect(answer.status, path).toBe(404)
        expect(await answer.text()).toContain('helm.example.org leads to another instance')
      }
    }
    expect(await status('helm.example.org', `/${second}/chartrepo/second/index.yaml`)).toBe(200)
  })

  test('limits the scope of tokens requested at its domain', async () => {
    const scopes = [`repository:${server.instance}/first/nginx:pull`, `repository:second/nginx:pull`]
    const query = new URLSearchParams(scopes.map((scope) => ['scope', scope]))
    const answer = await server.askAsHelm('GET', `/service/token?${query}`, { headers: { Host: 'helm.example.org' } })
    expect(await answer.json()).toMatchObject({ scope: 'repository:second/nginx:pull' })
  })

  test('is that of the ID in the path, at any other host', async () => {
    expect(await status('charts.example.org', `/${second}/chartrepo/second/index.yaml`)).toBe(200)
    expect(await status('charts.example.org', `/${second}/chartrepo/first/index.yaml`)).toBe(404)
  })

  test('is the default one otherwise', async () => {
    for (const host of ['charts.example.org', 'other.example.org', '127.0.0.1:8080', '[::1]:8080']) {
      expect(await status(host, '/chartrepo/first/index.yaml')).toBe(200)
      expect(await status(host, '/chartrepo/second/index.yaml')).toBe(404)
    }
  })

  test('does not depend on the host in the management API', async () => {
    const project = `/v1/instances/${server.instance}/projects/first`
    expect((await server.ask('GET', project, { headers: { Host: 'helm.example.org' } })).status).toBe(200)
  })
})

describe('a domain stored by an earlier release that is invalid today', () => {
  const STORED = ['charts', 'charts.example.org', 'helm.example.org', 'localhost']
  beforeEach(async () => {
    await server.namespace('first', { public: true })
    await server.registry.database.write((transaction) =>
      transaction
        .insertInto('instance_domains')
        .values(STORED.map((domain) => ({ domain, instance_id: second })))
        .execute(),
    )
  })

  test('is kept, and returned as not in use', async () => {
    expect(await (await server.ask('GET', domains())).json()).toEqual({
      domains: ['helm.example.org'],
      notInUse: ['charts', 'charts.example.org', 'localhost'],
    })
    expect(await infoOf()).toMatchObject({ customDomains: ['helm.example.org'], publicURL: 'helm.example.org' })
  })

  test.each(['charts', 'charts.example.org', 'localhost:8080', 'LOCALHOST.'])('is ignored: %s', async (host) => {
    for (const path of ['/chartrepo/first/index.yaml', `/${server.instance}/chartrepo/first/index.yaml`]) {
      expect((await server.askAsHelm('GET', path, { headers: { Host: host } })).status).toBe(200)
    }
  })

  test('is deleted when the domains of its instance are replaced', async () => {
    await put(['helm.example.org'])
    expect(await (await server.ask('GET', domains())).json()).toEqual({ domains: ['helm.example.org'], notInUse: [] })
  })
})
