import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { deleteChart } from '../../registry/deletion/delete-charts.ts'
import { deleteVersion } from '../../registry/deletion/delete-versions.ts'
import { createInstance } from '../../registry/instances/instances.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { collectAll } from '../../testing/collect-all.ts'
import { HELM_CHART, HELM_CONFIG, HELM_PROVENANCE, IMAGE, LEGACY_CHART, sha256 } from './testing/oci-client.ts'
import { changed, nginx, type OciTest, openOciTest } from './testing/open-oci-test.ts'

let server: OciTest['server']
let oci: OciTest['oci']
let apis: OciTest['apis']

beforeEach(async () => {
  ;({ server, oci, apis } = await openOciTest())
})
afterEach(() => server.close())

describe('a chart pushed over OCI', () => {
  test('is a version with identical bytes in the other APIs', async () => {
    const { chart, answer, digest } = await oci.pushChart('team', nginx, { provenance: makeProvenance })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('docker-content-digest')).toBe(digest)
    expect(await apis.versions()).toEqual([`1.0.0 ${chart.sha256}`])
    expect(await apis.facts('team', 'nginx', '1.0.0')).toMatchObject({
      signed: true,
      protocol: 'oci',
      pushedBy: 'admin',
    })
    expect(await apis.download('/chartrepo/team/charts/nginx-1.0.0.tgz')).toBe(`sha256:${chart.sha256}`)
    expect(await apis.download('/chartrepo/team/charts/nginx-1.0.0.tgz.prov')).toBe(sha256(makeProvenance(chart)))
    expect(await apis.download(`/v2/team/nginx/blobs/sha256:${chart.sha256}`)).toBe(`sha256:${chart.sha256}`)
  })

  test('keeps its own manifest, with the layer type of Helm before 3.7', async () => {
    const pushed = await oci.pushChart('team', nginx, { layerType: LEGACY_CHART })
    const kept = await server.askAsHelm('GET', '/v2/team/nginx/manifests/1.0.0')
    expect(await kept.text()).toBe(pushed.manifest)
    expect(kept.headers.get('content-type')).toBe(IMAGE)
    expect(await apis.versions()).toHaveLength(1)
  })

  test('by digest first, as Helm since 3.18 does, becomes a version once the tag is pushed', async () => {
    const pushed = await oci.pushChart('team', nginx, { tag: null })
    expect(pushed.answer.status).toBe(201)
    expect(await apis.versions()).toEqual([])
    expect((await oci.putManifest('team/nginx', '1.0.0', pushed.manifest)).status).toBe(201)
    expect(await apis.versions()).toHaveLength(1)
  })

  test('pushed again changes nothing, not even the creation time', async () => {
    await oci.pushChart('team', nginx)
    const path = `/v1/instances/${server.instance}/projects/team/charts/nginx/versions?pageNo=1&pageSize=10`
    const before = await (await server.ask('GET', path)).json()
    server.pass(60_000)
    expect((await oci.pushChart('team', nginx)).answer.status).toBe(201)
    expect(await (await server.ask('GET', path)).json()).toEqual(before)
  })

  test('pushed again with another manifest moves the tag, but keeps the version', async () => {
    const first = await oci.pushChart('team', nginx, { annotations: { 'org.opencontainers.image.created': '1' } })
    const second = await oci.pushChart('team', nginx, { annotations: { 'org.opencontainers.image.created': '2' } })
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject({ digest: second.digest })
    expect(await apis.manifest('team/nginx', first.digest)).toMatchObject({ digest: first.digest })
    await deleteVersion(server.registry, server.call, { namespace: 'team', chart: 'nginx', version: '1.0.0' })
    expect(await apis.manifest('team/nginx', '1.0.0')).toBeUndefined()
    expect(await apis.manifest('team/nginx', second.digest)).toBeUndefined()
  })

  test('with provenance, pushed again without it, moves the tag, but keeps the provenance file', async () => {
    const signed = await oci.pushChart('team', nginx, { provenance: makeProvenance })
    const bare = await oci.pushChart('team', nginx)
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject({ digest: bare.digest })
    expect(await apis.facts('team', 'nginx', '1.0.0')).toMatchObject({ signed: true })
    // Without the manifest that has the file as a layer, the file stays with the version.
    expect((await server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${signed.digest}`)).status).toBe(202)
    await collectAll(server)
    expect(await apis.manifest('team/nginx', signed.digest)).toBeUndefined()
    const provenance = '/chartrepo/team/charts/nginx-1.0.0.tgz.prov'
    expect(await apis.download(provenance)).toBe(sha256(makeProvenance(signed.chart)))
    const again = await oci.pushChart('team', nginx, { provenance: makeProvenance })
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject({ digest: again.digest })
  })

  test('with other bytes replaces the version; the old manifest can still be pulled by digest', async () => {
    const first = await oci.pushChart('team', nginx, { provenance: makeProvenance })
    const second = await oci.pushChart('team', changed)
    expect(await apis.versions()).toEqual([`1.0.0 ${second.chart.sha256}`])
    expect(await apis.download('/chartrepo/team/charts/nginx-1.0.0.tgz.prov')).toBe('404')
    expect(await apis.manifest('team/nginx', first.digest)).toMatchObject({ digest: first.digest })
    expect(await apis.download(`/v2/team/nginx/blobs/sha256:${first.chart.sha256}`)).toBe(
      `sha256:${first.chart.sha256}`,
    )
  })

  test('has an underscore in its tag for a plus in its version', async () => {
    await oci.pushChart('team', { name: 'nginx', version: '1.2.3+build.7' })
    expect(await oci.tags('team/nginx')).toEqual(['1.2.3_build.7'])
    expect((await apis.versions())[0]).toMatch(/^1\.2\.3\+build\.7 /)
    expect(await apis.download('/chartrepo/team/charts/nginx-1.2.3+build.7.tgz')).toMatch(/^sha256:/)
  })

  test.each(['+', '%2B'])('is found by a tag with a plus, as Helm before 3.7 sends it: %s', async (plus) => {
    const tag = `1.2.3${plus}build.7`
    const { answer } = await oci.pushChart('team', { name: 'nginx', version: '1.2.3+build.7' }, { tag })
    expect(answer.status).toBe(201)
    expect(await oci.tags('team/nginx')).toEqual(['1.2.3_build.7'])
    expect(await apis.versions()).toHaveLength(1)
    expect((await server.askAsHelm('HEAD', `/v2/team/nginx/manifests/${tag}`)).status).toBe(200)
  })

  test('with additional layers and fields, which Helm ignores, is a version', async () => {
    const { chart, manifest: text } = await oci.pushChart('team', nginx, { tag: null })
    const manifest = JSON.parse(text)
    const readme = await oci.pushBlob('team/nginx', '# nginx', 'text/markdown')
    const more = { ...manifest, layers: [readme, ...manifest.layers], 'org.example.field': { deep: ['value'] } }
    expect((await oci.putManifest('team/nginx', '1.0.0', more)).status).toBe(201)
    expect(await apis.versions()).toEqual([`1.0.0 ${chart.sha256}`])
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject(more)
    expect(await apis.download(`/v2/team/nginx/blobs/${readme.digest}`)).toBe(readme.digest)
  })

  test('lists a signature as its referrer', async () => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    const config = await oci.pushBlob('team/nginx', '{}', 'application/vnd.oci.empty.v1+json')
    const subject = { mediaType: IMAGE, digest, size: text.length }
    const signature = { schemaVersion: 2, artifactType: 'application/vnd.example.sig', config, layers: [], subject }
    const answer = await oci.putManifest('team/nginx', sha256(JSON.stringify(signature)), signature)
    expect(answer.headers.get('oci-subject')).toBe(digest)
    const listed = await (await server.askAsHelm('GET', `/v2/team/nginx/referrers/${digest}`)).json()
    expect(listed.manifests).toMatchObject([{ artifactType: 'application/vnd.example.sig' }])
    expect(await apis.versions()).toHaveLength(1)
  })
})

describe('a chart published through another API', () => {
  test('has the manifest that Helm would have pushed, except for the creation time', async () => {
    const metadata = {
      description: '<a & b>',
      home: 'https://example.org',
      sources: ['https://example.org/source', 'https://example.org/other'],
      maintainers: [{ name: 'Ann', email: 'ann@example.org' }, { name: 'Bob' }],
      annotations: { z: '1', a: '2', 'org.opencontainers.image.title': 'not this' },
    }
    await server.publish('team', { ...nginx, metadata }, makeProvenance)
    const chart = await makeChart({ ...nginx, metadata })
    const found = await apis.manifest('team/nginx', '1.0.0')
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
    // JSON as Go encodes it, byte for byte: the same Chart.yaml gives the same config as in Helm.
    expect(text).toContain(String.raw`"description":"\u003ca \u0026 b\u003e"`)
  })

  test('has the same manifest for the same bytes, in any namespace and at any time', async () => {
    await server.publish('team', nginx)
    server.pass(24 * 60 * 60 * 1000)
    await server.publish('other', nginx)
    const [one, two] = [await apis.manifest('team/nginx', '1.0.0'), await apis.manifest('other/nginx', '1.0.0')]
    expect(one?.digest).toMatch(/^sha256:/)
    expect(two?.digest).toBe(one?.digest)
  })

  test('gets a new manifest with a provenance file, and the tag moves; the old manifest can still be pulled by digest', async () => {
    await server.publish('team', nginx)
    const before = await apis.manifest('team/nginx', '1.0.0')
    await server.publish('team', nginx, makeProvenance)
    const after = await apis.manifest('team/nginx', '1.0.0')
    expect(after?.layers).toHaveLength(2)
    expect(await apis.manifest('team/nginx', before?.digest)).toEqual(before)
  })

  test('moves the tag when it replaces a version that was pushed over OCI', async () => {
    const pushed = await oci.pushChart('team', nginx)
    const { digest } = await server.publish('team', changed)
    expect((await apis.manifest('team/nginx', '1.0.0'))?.layers[0].digest).toBe(`sha256:${digest}`)
    expect(await apis.manifest('team/nginx', pushed.digest)).toMatchObject({ digest: pushed.digest })
  })

  test.each([
    { name: 'MyChart', version: '1.0.0' },
    { name: 'white space', version: '1.0.0' },
    { name: 'nginx', version: `1.0.0-${'x'.repeat(130)}` },
  ])('exists only in the other APIs if OCI cannot express it: $name $version', async (chart) => {
    expect(await server.publish('team', chart)).toMatchObject({ outcome: 'created' })
    expect(await apis.versions('team', encodeURIComponent(chart.name))).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual([])
    await deleteChart(server.registry, server.call, { namespace: 'team', name: chart.name })
    expect(await apis.versions('team', encodeURIComponent(chart.name))).toEqual([])
  })
})

test('an instance in the path has its own charts', async () => {
  const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
  await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
  const { answer, digest } = await oci.pushChart(`${id}/team`, nginx)
  expect(answer.headers.get('location')).toBe(`/v2/${id}/team/nginx/manifests/${digest}`)
  expect(await oci.tags(`${id}/team/nginx`)).toEqual(['1.0.0'])
  expect(await oci.tags('team/nginx')).toEqual([])
  expect(await apis.versions()).toEqual([])
  expect(await apis.download(`/${id}/chartrepo/team/charts/nginx-1.0.0.tgz`)).toMatch(/^sha256:/)
  // The default instance can be addressed by its ID, too.
  await oci.pushChart('team', nginx)
  expect(await oci.tags(`${server.instance}/team/nginx`)).toEqual(['1.0.0'])
})
