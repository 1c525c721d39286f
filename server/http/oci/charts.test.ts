import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { deleteChart } from '../../registry/delete-charts.ts'
import { deleteVersion } from '../../registry/delete-versions.ts'
import { createInstance } from '../../registry/instances.ts'
import { createNamespace } from '../../registry/namespaces.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'
import {
  HELM_CHART,
  HELM_CONFIG,
  HELM_PROVENANCE,
  IMAGE,
  LEGACY_CHART,
  type OciClient,
  ociClient,
  ociRefusal,
  sha256,
} from './testing/oci-client.ts'

let server: TestApp
let oci: OciClient

beforeEach(async () => {
  server = await openTestApp({ maxUploadBytes: 64 * 1024 })
  for (const name of ['team', 'other']) await server.namespace(name)
  await server.namespace('fixed', { immutable: true })
  oci = ociClient(server)
})
afterEach(() => server.close())

const nginx = { name: 'nginx', version: '1.0.0' }
const changed = { ...nginx, metadata: { description: 'changed' } }

/** Versions at the management API, newest first, as `version digest`. */
async function versions(namespace = 'team', chart = 'nginx'): Promise<string[]> {
  const path = `/v1/instances/${server.instance}/projects/${namespace}/charts/${chart}/versions?pageNo=1&pageSize=100`
  const answer = await server.ask('GET', path)
  if (answer.status === 404) return []
  const { items } = await answer.json()
  return items.map((item: { version: string; digest: string }) => `${item.version} ${item.digest}`)
}

async function manifest(repository: string, reference: string) {
  const answer = await server.askAsHelm('GET', `/v2/${repository}/manifests/${reference}`)
  if (answer.status !== 200) return undefined
  return { digest: answer.headers.get('docker-content-digest'), ...(await answer.json()) }
}

async function download(path: string): Promise<string> {
  const answer = await server.askAsHelm('GET', path)
  return answer.status === 200 ? sha256(new Uint8Array(await answer.arrayBuffer())) : String(answer.status)
}

async function facts(namespace: string, chart: string, version: string) {
  const path = `/console/instances/${server.instance}/namespaces/${namespace}/charts/${chart}/facts?version=${version}`
  return (await (await server.ask('GET', path)).json()).items[0]
}

describe('a chart that came in by OCI', () => {
  test('is a version at the other doors, to the byte', async () => {
    const { chart, answer, digest } = await oci.pushChart('team', nginx, { provenance: makeProvenance })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('docker-content-digest')).toBe(digest)
    expect(await versions()).toEqual([`1.0.0 ${chart.sha256}`])
    expect(await facts('team', 'nginx', '1.0.0')).toMatchObject({ signed: true, door: 'oci', pushedBy: 'admin' })
    expect(await download('/chartrepo/team/charts/nginx-1.0.0.tgz')).toBe(`sha256:${chart.sha256}`)
    expect(await download('/chartrepo/team/charts/nginx-1.0.0.tgz.prov')).toBe(sha256(makeProvenance(chart)))
    expect(await download(`/v2/team/nginx/blobs/sha256:${chart.sha256}`)).toBe(`sha256:${chart.sha256}`)
  })

  test('keeps its own manifest, with the layer type of helm before 3.7', async () => {
    const pushed = await oci.pushChart('team', nginx, { layerType: LEGACY_CHART })
    const kept = await server.askAsHelm('GET', '/v2/team/nginx/manifests/1.0.0')
    expect(await kept.text()).toBe(pushed.manifest)
    expect(kept.headers.get('content-type')).toBe(IMAGE)
    expect(await versions()).toHaveLength(1)
  })

  test('by digest first, as helm since 3.18 does, is a version with its tag', async () => {
    const pushed = await oci.pushChart('team', nginx, { tag: null })
    expect(pushed.answer.status).toBe(201)
    expect(await versions()).toEqual([])
    expect((await oci.putManifest('team/nginx', '1.0.0', pushed.manifest)).status).toBe(201)
    expect(await versions()).toHaveLength(1)
  })

  test('pushed again changes nothing, created included', async () => {
    await oci.pushChart('team', nginx)
    const path = `/v1/instances/${server.instance}/projects/team/charts/nginx/versions?pageNo=1&pageSize=10`
    const before = await (await server.ask('GET', path)).json()
    server.pass(60_000)
    expect((await oci.pushChart('team', nginx)).answer.status).toBe(201)
    expect(await (await server.ask('GET', path)).json()).toEqual(before)
  })

  test('with the same archive by another manifest: the tag is what was put, the version stays', async () => {
    const first = await oci.pushChart('team', nginx, { annotations: { 'org.opencontainers.image.created': '1' } })
    const second = await oci.pushChart('team', nginx, { annotations: { 'org.opencontainers.image.created': '2' } })
    expect(await manifest('team/nginx', '1.0.0')).toMatchObject({ digest: second.digest })
    expect(await manifest('team/nginx', first.digest)).toMatchObject({ digest: first.digest })
    await deleteVersion(server.registry, server.call, { namespace: 'team', chart: 'nginx', version: '1.0.0' })
    expect(await manifest('team/nginx', '1.0.0')).toBeUndefined()
    expect(await manifest('team/nginx', second.digest)).toBeUndefined()
  })

  test('with other bytes replaces; the old manifest is pulled by its digest', async () => {
    const first = await oci.pushChart('team', nginx, { provenance: makeProvenance })
    const second = await oci.pushChart('team', changed)
    expect(await versions()).toEqual([`1.0.0 ${second.chart.sha256}`])
    expect(await download('/chartrepo/team/charts/nginx-1.0.0.tgz.prov')).toBe('404')
    expect(await manifest('team/nginx', first.digest)).toMatchObject({ digest: first.digest })
    expect(await download(`/v2/team/nginx/blobs/sha256:${first.chart.sha256}`)).toBe(`sha256:${first.chart.sha256}`)
  })

  test('a plus in the version is an underscore in the tag', async () => {
    await oci.pushChart('team', { name: 'nginx', version: '1.2.3+build.7' })
    expect(await oci.tags('team/nginx')).toEqual(['1.2.3_build.7'])
    expect((await versions())[0]).toMatch(/^1\.2\.3\+build\.7 /)
    expect(await download('/chartrepo/team/charts/nginx-1.2.3+build.7.tgz')).toMatch(/^sha256:/)
  })

  test.each(['+', '%2B'])('helm before 3.7 sends the plus itself, as %s', async (plus) => {
    const tag = `1.2.3${plus}build.7`
    const { answer } = await oci.pushChart('team', { name: 'nginx', version: '1.2.3+build.7' }, { tag })
    expect(answer.status).toBe(201)
    expect(await oci.tags('team/nginx')).toEqual(['1.2.3_build.7'])
    expect(await versions()).toHaveLength(1)
    expect((await server.askAsHelm('HEAD', `/v2/team/nginx/manifests/${tag}`)).status).toBe(200)
  })

  test('a signature beside it is listed as about it', async () => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    const config = await oci.pushBlob('team/nginx', '{}', 'application/vnd.oci.empty.v1+json')
    const subject = { mediaType: IMAGE, digest, size: text.length }
    const signature = { schemaVersion: 2, artifactType: 'application/vnd.example.sig', config, layers: [], subject }
    const answer = await oci.putManifest('team/nginx', sha256(JSON.stringify(signature)), signature)
    expect(answer.headers.get('oci-subject')).toBe(digest)
    const listed = await (await server.askAsHelm('GET', `/v2/team/nginx/referrers/${digest}`)).json()
    expect(listed.manifests).toMatchObject([{ artifactType: 'application/vnd.example.sig' }])
    expect(await versions()).toHaveLength(1)
  })
})

describe('a chart that came in by another door', () => {
  test('is a manifest, as helm would have pushed it, but for the time', async () => {
    const metadata = {
      description: '<a & b>',
      home: 'https://example.org',
      sources: ['https://example.org/source', 'https://example.org/other'],
      maintainers: [{ name: 'Ann', email: 'ann@example.org' }, { name: 'Bob' }],
      annotations: { z: '1', a: '2', 'org.opencontainers.image.title': 'not this' },
    }
    await server.publish('team', { ...nginx, metadata }, makeProvenance)
    const chart = await makeChart({ ...nginx, metadata })
    const found = await manifest('team/nginx', '1.0.0')
    expect(found).toMatchObject({
      schemaVersion: 2,
      config: { mediaType: HELM_CONFIG },
      layers: [
        { mediaType: HELM_CHART, digest: `sha256:${chart.sha256}`, size: chart.bytes.length },
        { mediaType: HELM_PROVENANCE, digest: sha256(makeProvenance(chart)) },
      ],
    })
    expect(found.annotations).toEqual({
      a: '2',
      z: '1',
      'org.opencontainers.image.title': 'nginx',
      'org.opencontainers.image.version': '1.0.0',
      'org.opencontainers.image.description': '<a & b>',
      'org.opencontainers.image.url': 'https://example.org',
      'org.opencontainers.image.source': 'https://example.org/source',
      'org.opencontainers.image.authors': 'Ann (ann@example.org), Bob',
    })
    const config = await server.askAsHelm('GET', `/v2/team/nginx/blobs/${found.config.digest}`)
    const text = await config.text()
    expect(JSON.parse(text)).toMatchObject({ name: 'nginx', version: '1.0.0', annotations: { a: '2', z: '1' } })
    // Go's JSON, to the byte: the same Chart.yaml is the same config as helm makes.
    expect(text).toContain(String.raw`"description":"\u003ca \u0026 b\u003e"`)
  })

  test('makes the same manifest of the same bytes, wherever and whenever', async () => {
    await server.publish('team', nginx)
    server.pass(24 * 60 * 60 * 1000)
    await server.publish('other', nginx)
    const [one, two] = [await manifest('team/nginx', '1.0.0'), await manifest('other/nginx', '1.0.0')]
    expect(one?.digest).toMatch(/^sha256:/)
    expect(two?.digest).toBe(one?.digest)
  })

  test('a provenance file makes a new manifest and moves the tag; the old one is pulled by its digest', async () => {
    await server.publish('team', nginx)
    const before = await manifest('team/nginx', '1.0.0')
    await server.publish('team', nginx, makeProvenance)
    const after = await manifest('team/nginx', '1.0.0')
    expect(after?.layers).toHaveLength(2)
    expect(await manifest('team/nginx', before?.digest)).toEqual(before)
  })

  test('replaced by another door: the tag follows', async () => {
    const pushed = await oci.pushChart('team', nginx)
    const { digest } = await server.publish('team', changed)
    expect((await manifest('team/nginx', '1.0.0'))?.layers[0].digest).toBe(`sha256:${digest}`)
    expect(await manifest('team/nginx', pushed.digest)).toMatchObject({ digest: pushed.digest })
  })

  test.each([
    { name: 'MyChart', version: '1.0.0' },
    { name: 'white space', version: '1.0.0' },
    { name: 'nginx', version: `1.0.0-${'x'.repeat(130)}` },
  ])('what OCI cannot express lives at the other doors: $name $version', async (chart) => {
    expect(await server.publish('team', chart)).toMatchObject({ outcome: 'created' })
    expect(await versions('team', encodeURIComponent(chart.name))).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual([])
    await deleteChart(server.registry, server.call, { namespace: 'team', name: chart.name })
    expect(await versions('team', encodeURIComponent(chart.name))).toEqual([])
  })
})

describe('tags that are not the version', () => {
  test('publish a version that is missing, with its own tag', async () => {
    const { answer, digest } = await oci.pushChart('team', nginx, { tag: 'stable' })
    expect(answer.status).toBe(201)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0', 'stable'])
    expect(await manifest('team/nginx', '1.0.0')).toMatchObject({ digest })
    expect(await versions()).toHaveLength(1)
  })

  test('never replace one', async () => {
    const first = await oci.pushChart('team', nginx)
    const second = await oci.pushChart('team', changed, { tag: '2.7.0' })
    expect(second.answer.status).toBe(201)
    expect(await versions()).toEqual([`1.0.0 ${first.chart.sha256}`])
    expect(await manifest('team/nginx', '2.7.0')).toMatchObject({ digest: second.digest })
    expect(await manifest('team/nginx', '1.0.0')).toMatchObject({ digest: first.digest })
  })

  test('take no version its own tag away, whatever is put there', async () => {
    await oci.pushChart('team', nginx)
    const chart = await oci.pushChart('team', { name: 'nginx', version: '0.1.0' }, { tag: '1.0.0' })
    expect(await ociRefusal(chart.answer)).toMatchObject({ status: 409, code: 'DENIED' })
    const config = await oci.pushBlob('team/nginx', '{}')
    const image = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [] })
    expect(await ociRefusal(image)).toMatchObject({ status: 409, message: expect.stringContaining('version 1.0.0') })
    expect(await versions()).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0'])
  })

  test('go without the version', async () => {
    const { manifest: text } = await oci.pushChart('team', nginx)
    await oci.putManifest('team/nginx', 'stable', text)
    expect((await server.askAsHelm('DELETE', '/v2/team/nginx/manifests/stable')).status).toBe(202)
    expect(await versions()).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0'])
  })
})

describe('what is stored and is no version', () => {
  test.each([
    ['by digest', { tag: null }],
    ['deeper', { repository: 'team/apps/nginx' }],
    ['under another base name', { repository: 'team/web' }],
  ])('%s', async (_, push) => {
    const { answer, digest } = await oci.pushChart('team', nginx, push)
    expect(answer.status).toBe(201)
    expect(await manifest('repository' in push ? push.repository : 'team/nginx', digest)).toMatchObject({ digest })
    expect(await versions()).toEqual([])
    expect(await versions('team', 'web')).toEqual([])
  })

  test('a plain image under the name of a chart', async () => {
    const config = await oci.pushBlob('team/nginx', '{}', 'application/vnd.oci.image.config.v1+json')
    const answer = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [] })
    expect(answer.status).toBe(201)
    expect(await versions()).toEqual([])
  })

  test('is counted as a repository, and a namespace that holds its tags is not deleted', async () => {
    await oci.pushChart('team', nginx)
    await oci.pushChart('other', nginx, { repository: 'other/web', tag: 'v1' })
    const instance = await (await server.ask('GET', `/v1/instances/${server.instance}`)).json()
    expect(instance.statistic).toMatchObject({ chart: 1, repo: 1 })
    const path = `/v1/instances/${server.instance}/projects/other`
    expect(await (await server.ask('GET', path)).json()).toMatchObject({ chartCount: 0, repoCount: 1 })
    expect((await server.ask('DELETE', path)).status).toBe(412)
    await server.askAsHelm('DELETE', '/v2/other/web/manifests/v1')
    expect((await server.ask('DELETE', path)).status).toBe(200)
    expect((await server.askAsHelm('GET', '/v2/other/web/tags/list')).status).toBe(404)
    const { storage } = (await (await server.ask('GET', `/v1/instances/${server.instance}`)).json()).statistic
    const team = await server.registry.database.read.selectFrom('used_blobs').select('size').execute()
    expect(storage).toBe(team.reduce((sum, { size }) => sum + size, 0))
  })
})

describe('deleting', () => {
  test.each([
    ['its own tag', () => '1.0.0'],
    ['its manifest', (digest: string) => digest],
  ])('%s deletes the version, with all tags on the manifest', async (_, reference) => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    await oci.pushChart('team', { name: 'nginx', version: '2.0.0' })
    await oci.putManifest('team/nginx', 'stable', text)
    const answer = await server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${reference(digest)}`)
    expect(answer.status).toBe(202)
    expect(await oci.tags('team/nginx')).toEqual(['2.0.0'])
    expect(await manifest('team/nginx', digest)).toBeUndefined()
    expect((await versions()).map((line) => line.split(' ')[0])).toEqual(['2.0.0'])
    expect(await download('/chartrepo/team/charts/nginx-1.0.0.tgz')).toBe('404')
  })

  test('a version deletes its manifest and all tags on it', async () => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    await oci.putManifest('team/nginx', 'stable', text)
    await deleteVersion(server.registry, server.call, { namespace: 'team', chart: 'nginx', version: '1.0.0' })
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await manifest('team/nginx', digest)).toBeUndefined()
  })

  test('a chart deletes the manifests of all its versions', async () => {
    await oci.pushChart('team', nginx)
    await server.publish('team', { name: 'nginx', version: '2.0.0' })
    await deleteChart(server.registry, server.call, { namespace: 'team', name: 'nginx' })
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await server.registry.database.read.selectFrom('used_blobs').selectAll().execute()).toEqual([])
  })

  test('an old manifest leaves the version', async () => {
    const { digest } = await oci.pushChart('team', nginx)
    await oci.pushChart('team', changed)
    expect((await server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${digest}`)).status).toBe(202)
    expect(await versions()).toHaveLength(1)
  })
})

describe('an immutable namespace', () => {
  test('replaces no version, and says so in words', async () => {
    await oci.pushChart('fixed', nginx)
    const { answer, digest } = await oci.pushChart('fixed', changed)
    expect(await ociRefusal(answer)).toEqual({
      status: 403,
      code: 'DENIED',
      message: expect.stringContaining('namespace “fixed” is immutable'),
    })
    // What helm since 3.18 has put by its digest before.
    expect(
      (await oci.putManifest('fixed/nginx', digest, (await oci.pushChart('fixed', changed)).manifest)).status,
    ).toBe(201)
    expect(await versions('fixed')).toHaveLength(1)
  })

  test('takes the same bytes again; the tag stays where it is', async () => {
    const first = await oci.pushChart('fixed', nginx, { annotations: { 'org.opencontainers.image.created': '1' } })
    const again = await oci.pushChart('fixed', nginx, { annotations: { 'org.opencontainers.image.created': '2' } })
    expect(again.answer.status).toBe(201)
    expect(again.answer.headers.get('docker-content-digest')).toBe(again.digest)
    expect(await manifest('fixed/nginx', '1.0.0')).toMatchObject({ digest: first.digest })
    expect(await manifest('fixed/nginx', again.digest)).toMatchObject({ digest: again.digest })
  })

  test('lets a provenance file be added, and not replaced', async () => {
    await oci.pushChart('fixed', nginx)
    const signed = await oci.pushChart('fixed', nginx, { provenance: makeProvenance })
    expect(signed.answer.status).toBe(201)
    expect(await manifest('fixed/nginx', '1.0.0')).toMatchObject({ digest: signed.digest })
    const other = await oci.pushChart('fixed', nginx, { provenance: (chart) => `${makeProvenance(chart)}\n` })
    expect(await ociRefusal(other.answer)).toMatchObject({ status: 403, code: 'DENIED' })
  })

  test('keeps its versions and lets other tags move', async () => {
    const first = await oci.pushChart('fixed', nginx, { tag: 'stable' })
    const second = await oci.pushChart('fixed', { name: 'nginx', version: '2.0.0' }, { tag: 'stable' })
    expect(second.answer.status).toBe(201)
    expect(await manifest('fixed/nginx', 'stable')).toMatchObject({ digest: second.digest })
    for (const reference of ['1.0.0', first.digest]) {
      const refused = await server.askAsHelm('DELETE', `/v2/fixed/nginx/manifests/${reference}`)
      expect(await ociRefusal(refused)).toMatchObject({ status: 403, code: 'DENIED' })
    }
    expect((await server.askAsHelm('DELETE', '/v2/fixed/nginx/manifests/stable')).status).toBe(202)
    expect(await versions('fixed')).toHaveLength(2)
  })
})

describe('a chart that is refused leaves nothing', () => {
  /** Pushes what is called a chart of helm's, and is made of these layers. */
  async function push(
    layers: readonly (readonly [type: string, bytes: string | Uint8Array])[],
    repository = 'team/nginx',
  ) {
    const config = await oci.pushBlob(repository, '{"name":"nginx"}', HELM_CONFIG)
    const descriptors = []
    for (const [type, bytes] of layers) descriptors.push(await oci.pushBlob(repository, bytes, type))
    return oci.putManifest(repository, '1.0.0', { schemaVersion: 2, config, layers: descriptors })
  }

  afterEach(async () => {
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await versions()).toEqual([])
  })

  test('no archive', async () => {
    expect(await ociRefusal(await push([[HELM_CHART, 'nonsense']]))).toMatchObject({
      status: 400,
      code: 'MANIFEST_INVALID',
    })
  })

  test('no chart layer', async () => {
    expect(await ociRefusal(await push([['text/plain', 'x']]))).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
  })

  test('an archive that is too large', async () => {
    const { bytes } = await makeChart({ ...nginx, files: { 'README.md': randomText(100 * 1024) } })
    expect(await ociRefusal(await push([[HELM_CHART, bytes]]))).toMatchObject({ status: 413, code: 'SIZE_INVALID' })
  })

  test('a provenance file of something else', async () => {
    const { bytes } = await makeChart(nginx)
    const provenance = makeProvenance(await makeChart(changed))
    const answer = await push([
      [HELM_CHART, bytes],
      [HELM_PROVENANCE, provenance],
    ])
    expect(await ociRefusal(answer)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
  })

  test('a file name that is taken', async () => {
    await oci.pushChart('team', { name: 'foo-1', version: '2.0.0' })
    const { answer } = await oci.pushChart('team', { name: 'foo', version: '1-2.0.0' })
    expect(await ociRefusal(answer)).toMatchObject({ status: 409, message: expect.stringContaining('foo-1') })
  })

  test('a chart too many', async () => {
    await server.registry.database.write(async (transaction) => {
      await transaction.updateTable('instances').set({ type: 'BASIC' }).execute()
      await transaction.updateTable('namespaces').set({ chart_count: 1000 }).where('name', '=', 'other').execute()
    })
    const { answer } = await oci.pushChart('team', nginx)
    expect(await ociRefusal(answer)).toMatchObject({ status: 403, code: 'DENIED' })
  })
})

test('a repository too many', async () => {
  const { id } = await server.registry.database.read
    .selectFrom('namespaces')
    .select('id')
    .where('name', '=', 'other')
    .executeTakeFirstOrThrow()
  await server.registry.database.write(async (transaction) => {
    await transaction.updateTable('instances').set({ type: 'BASIC' }).execute()
    const rows = Array.from({ length: 1000 }, (_, at) => ({
      id: `r${at}`,
      instance_id: server.instance,
      namespace_id: id,
      name: `r${at}`,
      full_name: `other/r${at}`,
      created_at: '',
      updated_at: '',
    }))
    await transaction.insertInto('repositories').values(rows).execute()
  })
  const answer = await server.askAsHelm('POST', `/v2/team/new/blobs/uploads/?digest=${sha256('x')}`, { body: 'x' })
  expect(await ociRefusal(answer)).toMatchObject({ status: 403, code: 'DENIED' })
})

test('a second instance by path has charts of its own', async () => {
  const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
  await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
  const { answer, digest } = await oci.pushChart(`${id}/team`, nginx)
  expect(answer.headers.get('location')).toBe(`/v2/${id}/team/nginx/manifests/${digest}`)
  expect(await oci.tags(`${id}/team/nginx`)).toEqual(['1.0.0'])
  expect(await oci.tags('team/nginx')).toEqual([])
  expect(await versions()).toEqual([])
  expect(await download(`/${id}/chartrepo/team/charts/nginx-1.0.0.tgz`)).toMatch(/^sha256:/)
  // Its own ID names the default instance too.
  await oci.pushChart('team', nginx)
  expect(await oci.tags(`${server.instance}/team/nginx`)).toEqual(['1.0.0'])
})

function randomText(length: number): string {
  return Array.from({ length }, () => Math.random().toString(36)[2] ?? 'x').join('')
}
