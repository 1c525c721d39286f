import { load } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { MULTIPART, multipart } from '../testing/multipart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** helm v4.2.4 `pkg/repo/v1/index.go` `ChartVersion`, and `pkg/chart/v2/metadata.go`: decoded strictly since 3.3.2. */
const KNOWN_TO_HELM = [
  ...['name', 'home', 'sources', 'version', 'description', 'keywords', 'maintainers', 'icon', 'apiVersion'],
  ...['condition', 'tags', 'appVersion', 'deprecated', 'annotations', 'kubeVersion', 'dependencies', 'type'],
  ...['urls', 'created', 'removed', 'digest'],
]

const INDEX = '/chartrepo/team/index.yaml'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

interface Index {
  apiVersion: string
  generated: string
  entries: Record<string, Record<string, unknown>[]>
}

async function index(): Promise<Index> {
  return (await server.askAsHelm('GET', INDEX)).json()
}

const versionsOf = async (name: string) => (await index()).entries[name]?.map(({ version }) => version)

describe('the index', () => {
  test('has exactly the top-level keys that all versions of Helm accept: Helm 3.3.2 and late Helm 2 decode strictly', async () => {
    const { apiVersion, generated, entries, ...rest } = await index()
    expect([apiVersion, entries, rest]).toEqual(['v1', {}, {}])
    expect(generated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  test('has only keys in its entries that Helm 3.3.2 and later know, whatever Chart.yaml contains', async () => {
    const metadata = {
      ...{ home: 'https://example.org', sources: ['https://example.org/src'], keywords: ['web'], icon: 'data:,' },
      ...{ kubeVersion: '>=1.20', appVersion: '1.16', condition: 'a.b', tags: 'c', deprecated: true },
      maintainers: [{ name: 'Ann', email: 'ann@example.org', url: 'https://example.org', phone: '1' }],
      dependencies: [{ name: 'redis', version: '1.x', repository: 'https://example.org', other: true }],
      annotations: { category: 'server' },
      ...{ urls: ['https://elsewhere.example.org/x.tgz'], digest: 'none', created: 'never', labels: ['x'] },
    }
    await server.publish('team', { name: 'nginx', version: '1.0.0', metadata })
    const [entry] = (await index()).entries.nginx ?? []
    expect(Object.keys(entry ?? {}).filter((key) => !KNOWN_TO_HELM.includes(key))).toEqual([])
    expect(entry).toMatchObject({ urls: ['charts/nginx-1.0.0.tgz'], digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(entry?.maintainers).toEqual([{ name: 'Ann', email: 'ann@example.org', url: 'https://example.org' }])
  })

  test('is JSON, which Helm 3.13 and later parse five times faster, and thus YAML, which all others parse', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const text = await (await server.askAsHelm('GET', INDEX)).text()
    expect(load(text)).toMatchObject({ apiVersion: 'v1', entries: JSON.parse(text).entries })
  })

  test('quotes strings that look like numbers, because Helm 4 would parse such a digest as a number', async () => {
    await server.publish('team', { name: 'nginx', version: '1.10', metadata: { appVersion: '1.10', version: '1.10' } })
    expect((await index()).entries.nginx?.[0]).toMatchObject({ version: '1.10', appVersion: '1.10' })
    const text = await (await server.askAsHelm('GET', INDEX)).text()
    expect(text).toMatch(/"digest":"[0-9a-f]{64}"/)
  })

  test('lists every version, newest first by SemVer, including pre-releases', async () => {
    for (const version of ['1.9.0', '1.10.0', '1.10.0-rc.1', '2.0.0-alpha', '1.10.0+build.7', 'v1.2']) {
      await server.publish('team', { name: 'nginx', version })
    }
    expect(await versionsOf('nginx')).toEqual([
      ...['2.0.0-alpha', '1.10.0', '1.10.0+build.7', '1.10.0-rc.1', '1.9.0', 'v1.2'],
    ])
  })

  test('gives the digest and the URL of the file', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const [entry] = (await index()).entries.nginx ?? []
    expect(entry).toMatchObject({ digest: chart.sha256, created: server.registry.now() })
    const file = new URL(String(entry?.urls), `http://localhost${INDEX}`).pathname // String() of an array with one element is that element
    const bytes = await (await server.askAsHelm('GET', file)).arrayBuffer()
    expect(new Uint8Array(bytes)).toEqual(new Uint8Array(chart.bytes))
  })

  test('gives a replaced version a new digest: Helm 4 caches files by digest', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const [before] = (await index()).entries.nginx ?? []
    await server.publish('team', { name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
    const [after, ...others] = (await index()).entries.nginx ?? []
    expect(after?.digest).not.toBe(before?.digest)
    expect(others).toEqual([])
  })

  test('leaves out only a chart whose name YAML cannot parse as a key', async () => {
    await server.publish('team', { name: 'n'.repeat(1100), version: '1.0.0' })
    await server.publish('team', {
      name: 'nginx',
      version: '1.0.0',
      metadata: { description: '\u2028\ud83d\ude80"\\/' },
    })
    await server.publish('team', { name: 'we"ird:[ {# é', version: '1.0.0' })
    expect(Object.keys((await index()).entries)).toEqual(['nginx', 'we"ird:[ {# é'])
  })

  test('is uncompressed, with a Content-Length and status 200, whatever the client accepts: Helm does not decompress', async () => {
    const answer = await server.askAsHelm('GET', INDEX, { headers: { 'Accept-Encoding': 'gzip', Accept: 'text/html' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('content-type')).toBe('application/x-yaml')
    expect(Number(answer.headers.get('content-length'))).toBe((await answer.arrayBuffer()).byteLength)
  })

  test('is served with a query string, which Helm keeps from the repository URL', async () => {
    expect((await server.askAsHelm('GET', `${INDEX}?token=x`)).status).toBe(200)
  })

  test('is served under the instance ID in the path', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const answer = await server.askAsHelm('GET', `/${server.instance}/chartrepo/team/index.yaml`)
    expect(Object.keys((await answer.json()).entries)).toEqual(['nginx'])
  })
})

describe('the index is up to date', () => {
  test('after an upload and a deletion through the management API', async () => {
    const charts = `/v1/instances/${server.instance}/projects/team/charts`
    for (const version of ['1.0.0', '2.0.0']) {
      const body = multipart([['chart', (await makeChart({ name: 'nginx', version })).bytes]])
      await server.ask('POST', charts, { body, headers: { 'Content-Type': MULTIPART } })
      expect((await versionsOf('nginx'))?.[0]).toBe(version)
    }
    await server.ask('DELETE', `${charts}/nginx/versions/2.0.0`)
    expect(await versionsOf('nginx')).toEqual(['1.0.0'])
    await server.ask('DELETE', charts, { body: { items: ['nginx'] } })
    // Helm before 3.13 panics on an empty list.
    expect((await index()).entries).toEqual({})
  })

  test('after an upload and a deletion through the ChartMuseum API', async () => {
    const charts = '/api/chartrepo/team/charts'
    for (const version of ['1.0.0', '2.0.0', '1.5.0']) {
      await server.askAsHelm('POST', charts, { body: (await makeChart({ name: 'nginx', version })).bytes })
    }
    expect(await versionsOf('nginx')).toEqual(['2.0.0', '1.5.0', '1.0.0'])
    await server.askAsHelm('DELETE', `${charts}/nginx/2.0.0`)
    expect(await versionsOf('nginx')).toEqual(['1.5.0', '1.0.0'])
  })

  test('after a chart was deleted and published again', async () => {
    for (const replicas of [1, 2, 3]) {
      const chart = { name: 'nginx', version: '1.0.0', files: { 'values.yaml': `replicas: ${replicas}\n` } }
      await server.publish('team', chart)
      expect((await index()).entries.nginx?.[0]?.digest).toBe((await makeChart(chart)).sha256)
      await server.askAsHelm('DELETE', '/api/chartrepo/team/charts/nginx')
      expect((await index()).entries).toEqual({})
    }
  })

  test('after each of many concurrent writes', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, number) => {
        const name = `chart-${number % 5}`
        const version = `1.${number}.0`
        await server.publish('team', { name, version })
        expect(await versionsOf(name)).toContain(version)
      }),
    )
    const { entries } = await index()
    expect(Object.values(entries).map((list) => list.length)).toEqual([4, 4, 4, 4, 4])
  })
})

describe('a conditional request for the index', () => {
  const ask = (entityTag: string, method = 'GET') =>
    server.askAsHelm(method, INDEX, { headers: { 'If-None-Match': entityTag } })
  const entityTag = async () => (await server.askAsHelm('GET', INDEX)).headers.get('etag') ?? ''

  test('returns 304 without a body if the ETag matches', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const tag = await entityTag()
    for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const answer = await ask(header)
      expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', tag])
    }
  })

  test.each([
    ['a chart was published', () => server.publish('team', { name: 'redis', version: '1.0.0' })],
    ['a version was deleted', () => server.askAsHelm('DELETE', '/api/chartrepo/team/charts/nginx/1.0.0')],
    [
      'a provenance file was added',
      async () => {
        const chart = { name: 'nginx', version: '1.0.0' }
        await server.publish('team', chart, makeProvenance(await makeChart(chart)))
      },
    ],
  ])('returns the new index after %s', async (_, change) => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const tag = await entityTag()
    await change()
    const answer = await ask(tag)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).not.toBe(tag)
  })

  test('returns 304 after the same bytes were pushed again', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const tag = await entityTag()
    server.pass(1000)
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    expect((await ask(tag)).status).toBe(304)
  })

  test('returns 200 after the namespace was deleted and created again', async () => {
    const tag = await entityTag()
    await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team`)
    await server.namespace('team')
    expect((await ask(tag)).status).toBe(200)
  })

  test('returns the same headers for HEAD', async () => {
    const answer = await server.askAsHelm('HEAD', INDEX)
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([200, '', await entityTag()])
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(50)
    expect((await ask(await entityTag(), 'HEAD')).status).toBe(304)
  })
})
