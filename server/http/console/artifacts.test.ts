import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteChart } from '../../registry/deletion/delete-charts.ts'
import { IMAGE, INDEX, type OciClient, ociClient, type TestDescriptor } from '../oci/testing/oci-client.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const SIGNATURE = 'application/vnd.example.signature'

let server: TestApp
let oci: OciClient
let path: string

beforeEach(async () => {
  server = await openTestApp()
  oci = ociClient(server)
  path = `/console/instances/${server.instance}/artifacts`
  for (const namespace of ['bravo', 'alpha']) await server.namespace(namespace)
  await server.publish('alpha', { name: 'nginx', version: '1.0.0+a' })
})
afterEach(() => server.close())

/** Pushes an artifact with a layer of `text`; returns its descriptor. */
async function push(repository: string, reference: string | null, text: string, more: object = {}) {
  const layer = await oci.pushBlob(repository, text)
  const config = await oci.pushBlob(repository, '{}', 'application/vnd.example.config+json')
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers: [layer], ...more })
  return put(repository, reference, manifest, IMAGE)
}

async function put(repository: string, reference: string | null, manifest: string, mediaType: string) {
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`
  const answer = await oci.putManifest(repository, reference ?? digest, manifest, mediaType)
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
  return { mediaType, digest, size: manifest.length } satisfies TestDescriptor
}

async function list(query = '') {
  return (await server.ask('GET', `${path}${query}`)).json()
}

async function names(query = ''): Promise<string[]> {
  const { items } = await list(query)
  return items.map(({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`)
}

const remove = (items: unknown) => server.ask('DELETE', path, { body: { items } })

describe('the list of artifacts', () => {
  test('has type, total size, tags and number of referrers', async () => {
    const app = await push('alpha/team/app', 'v1', 'layer')
    await oci.putManifest('alpha/team/app', 'stable', await manifestText('alpha/team/app', 'v1'))
    await push('alpha/team/app', null, 'signature', { artifactType: SIGNATURE, subject: app })
    const { items, ...page } = await list()
    expect(page).toEqual({ total: 1, pageNo: 1, pageSize: 10 })
    expect(items).toEqual([
      {
        namespace: 'alpha',
        name: 'team/app',
        digest: app.digest,
        tags: ['stable', 'v1'],
        totalTags: 2,
        type: 'application/vnd.example.config+json',
        size: app.size + 'layer'.length + '{}'.length,
        referrers: 1,
        pushedBy: 'admin',
        created: expect.stringMatching(/^2026-/),
      },
    ])
  })

  test('excludes repositories that hold a chart', async () => {
    await push('alpha/nginx', 'signature', 'signature')
    expect(await names()).toEqual([])
    await push('bravo/nginx', 'v1', 'an image of the same name elsewhere')
    expect(await names()).toEqual(['bravo/nginx'])
  })

  test('includes what is left of the repository of a deleted chart, until the chart is published again', async () => {
    await push('alpha/nginx', 'signature', 'signature')
    await deleteChart(server.registry, server.call, { namespace: 'alpha', name: 'nginx' })
    expect(await names()).toEqual(['alpha/nginx'])
    await server.publish('alpha', { name: 'nginx', version: '1.0.0' })
    expect(await names()).toEqual([])
  })

  test('has the first twenty tags, and the number of all', async () => {
    const tags = Array.from({ length: 22 }, (_, at) => `v${at + 10}`)
    const app = await push('alpha/app', 'v10', 'layer')
    const text = await manifestText('alpha/app', app.digest)
    for (const tag of tags) await oci.putManifest('alpha/app', tag, text)
    expect((await list()).items).toMatchObject([{ tags: tags.slice(0, 20), totalTags: 22 }])
  })

  test('adds the manifests of an index to its size, and lists only those with their own tag', async () => {
    const amd64 = await push('alpha/app', null, 'amd64')
    const arm64 = await push('alpha/app', null, 'arm64')
    const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [amd64, arm64] })
    const { size } = await put('alpha/app', 'v1', index, INDEX)
    const { items } = await list()
    expect(items).toMatchObject([{ type: INDEX, tags: ['v1'] }])
    expect(items[0].size).toBe(size + amd64.size + arm64.size + 2 * ('amd64'.length + '{}'.length))
    await oci.putManifest('alpha/app', 'v1-arm64', await manifestText('alpha/app', arm64.digest))
    expect(await names()).toEqual(['alpha/app', 'alpha/app'])
  })

  test('is sorted by repository, newest first, in pages', async () => {
    await push('bravo/app', 'v1', 'one')
    server.pass(1000)
    await push('bravo/app', 'v2', 'two')
    await push('alpha/team/app', 'v1', 'one')
    const { total, items } = await list('?pageSize=2')
    expect(total).toBe(3)
    expect(items.map(({ tags }: { tags: string[] }) => tags)).toEqual([['v1'], ['v2']])
    expect(await names('?pageSize=2')).toEqual(['alpha/team/app', 'bravo/app'])
    expect(await names('?pageSize=2&pageNo=2')).toEqual(['bravo/app'])
  })

  test('matches letters of namespace and repository in order, best match first', async () => {
    for (const repository of ['alpha/apple', 'bravo/app', 'bravo/image']) await push(repository, 'v1', 'x')
    expect(await names('?repository=bravo%2Fapp')).toEqual(['bravo/app'])
    expect(await names('?repository=app')).toEqual(['alpha/apple', 'bravo/app'])
    expect(await names('?repository=bmg')).toEqual(['bravo/image'])
    expect((await list('?repository=zzz')).total).toBe(0)
  })

  test('returns 400 for an invalid page', async () => {
    expect(await refusalOf(await server.ask('GET', `${path}?pageNo=x`))).toMatchObject({ status: 400 })
  })

  test('returns 404 for an unknown instance, and requires a session', async () => {
    expect((await server.ask('GET', '/console/instances/ccr-00000000/artifacts')).status).toBe(404)
    expect((await server.askAnonymously('GET', path)).status).toBe(401)
  })
})

describe('deleting artifacts', () => {
  test('deletes their tags, the manifests of an index and referrers in one request', async () => {
    const part = await push('alpha/app', null, 'amd64')
    const text = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [part] })
    const index = await put('alpha/app', 'v1', text, INDEX)
    const signature = await push('alpha/app', null, 'signature', { artifactType: SIGNATURE, subject: index })
    const other = await push('bravo/app', 'v1', 'other')
    const answer = await remove([
      { namespace: 'alpha', name: 'app', digest: index.digest },
      { namespace: 'bravo', name: 'app', digest: other.digest },
    ])
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(await names()).toEqual([])
    for (const reference of ['v1', index.digest, part.digest, signature.digest]) {
      expect((await server.askAsHelm('GET', `/v2/alpha/app/manifests/${reference}`)).status).toBe(404)
    }
  })

  test('keeps manifests with their own tag and those of another index', async () => {
    const shared = await push('alpha/app', null, 'shared')
    const tagged = await push('alpha/app', 'tagged', 'tagged')
    const made = (manifests: TestDescriptor[]) => JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests })
    const one = await put('alpha/app', 'one', made([shared, tagged]), INDEX)
    await put('alpha/app', 'two', made([shared]), INDEX)
    await remove([{ namespace: 'alpha', name: 'app', digest: one.digest }])
    for (const [reference, status] of [
      ['one', 404],
      ['two', 200],
      ['tagged', 200],
      [shared.digest, 200],
    ]) {
      expect((await server.askAsHelm('GET', `/v2/alpha/app/manifests/${reference}`)).status).toBe(status)
    }
  })

  test('ignores what does not exist, and never deletes a version of a chart', async () => {
    const { items } = await (await server.ask('GET', `${chartPath()}/references?version=1.0.0%2Ba`)).json()
    const answer = await remove([
      { namespace: 'alpha', name: 'nothing', digest: `sha256:${'0'.repeat(64)}` },
      { namespace: 'alpha', name: 'nginx', digest: items[0].manifestDigest },
    ])
    expect(answer.status).toBe(200)
    expect((await server.askAsHelm('GET', '/v2/alpha/nginx/manifests/1.0.0_a')).status).toBe(200)
  })

  test('is atomic: an unknown namespace fails the whole batch', async () => {
    const { digest } = await push('alpha/app', 'v1', 'layer')
    const refusal = await refusalOf(
      await remove([
        { namespace: 'alpha', name: 'app', digest },
        { namespace: 'missing', name: 'app', digest },
      ]),
    )
    expect(refusal).toMatchObject({ status: 404 })
    expect(refusal.message).toContain('missing')
    expect(await names()).toEqual(['alpha/app'])
  })

  test.each([[undefined], [[]], [['alpha/app']], [[{ namespace: 'alpha' }]]])('returns 400 for %j', async (items) => {
    expect(await refusalOf(await remove(items))).toMatchObject({ status: 400, code: 'BadRequest' })
  })

  test('requires a session and returns 404 for an unknown instance', async () => {
    const { digest } = await push('alpha/app', 'v1', 'layer')
    const body = { items: [{ namespace: 'alpha', name: 'app', digest }] }
    expect((await server.askAnonymously('DELETE', path, { body })).status).toBe(401)
    const missing = '/console/instances/ccr-00000000/artifacts'
    expect((await server.ask('DELETE', missing, { body })).status).toBe(404)
    expect(await names()).toEqual(['alpha/app'])
  })
})

const chartPath = () => `/console/instances/${server.instance}/namespaces/alpha/charts/nginx`

describe('the references of versions', () => {
  test('are the digest of the manifest and all its tags', async () => {
    await oci.putManifest('alpha/nginx', 'stable', await manifestText('alpha/nginx', '1.0.0_a'))
    const answer = await server.ask('GET', `${chartPath()}/references?version=1.0.0%2Ba&version=9.9.9`)
    const { headers } = await server.askAsHelm('GET', '/v2/alpha/nginx/manifests/stable')
    expect(await answer.json()).toEqual({
      items: [
        { version: '1.0.0+a', manifestDigest: headers.get('docker-content-digest'), tags: ['1.0.0_a', 'stable'] },
      ],
    })
  })

  test('are empty if OCI cannot express the name', async () => {
    await server.publish('alpha', { name: 'MyChart', version: '1.0.0' })
    const answer = await server.ask('GET', `${chartPath().replace('nginx', 'MyChart')}/references?version=1.0.0`)
    expect(await answer.json()).toEqual({ items: [{ version: '1.0.0', manifestDigest: null, tags: [] }] })
  })

  test('require a session, at least one version and an existing chart', async () => {
    expect((await server.ask('GET', `${chartPath()}/references`)).status).toBe(400)
    const missing = `${chartPath().replace('nginx', 'nothing')}/references?version=1.0.0`
    expect((await server.ask('GET', missing)).status).toBe(404)
    expect((await server.askAnonymously('GET', `${chartPath()}/references?version=1.0.0%2Ba`)).status).toBe(401)
  })
})

async function manifestText(repository: string, reference: string): Promise<string> {
  return (await server.askAsHelm('GET', `/v2/${repository}/manifests/${reference}`)).text()
}
