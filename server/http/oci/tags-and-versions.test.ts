import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteChart } from '../../registry/deletion/delete-charts.ts'
import { deleteVersion } from '../../registry/deletion/delete-versions.ts'
import { IMAGE, INDEX, ociRefusal } from './testing/oci-client.ts'
import { changed, nginx, type OciTest, openOciTest } from './testing/open-oci-test.ts'

let server: OciTest['server']
let oci: OciTest['oci']
let apis: OciTest['apis']

beforeEach(async () => {
  ;({ server, oci, apis } = await openOciTest())
})
afterEach(() => server.close())

describe('tags other than the version', () => {
  test('publish a missing version, with its own tag', async () => {
    const { answer, digest } = await oci.pushChart('team', nginx, { tag: 'stable' })
    expect(answer.status).toBe(201)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0', 'stable'])
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject({ digest })
    expect(await apis.versions()).toHaveLength(1)
  })

  test('never replace a version', async () => {
    const first = await oci.pushChart('team', nginx)
    const second = await oci.pushChart('team', changed, { tag: '2.7.0' })
    expect(second.answer.status).toBe(201)
    expect(await apis.versions()).toEqual([`1.0.0 ${first.chart.sha256}`])
    expect(await apis.manifest('team/nginx', '2.7.0')).toMatchObject({ digest: second.digest })
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject({ digest: first.digest })
  })

  test('never take the tag of a version, neither for another chart nor for an image', async () => {
    await oci.pushChart('team', nginx)
    const chart = await oci.pushChart('team', { name: 'nginx', version: '0.1.0' }, { tag: '1.0.0' })
    expect(await ociRefusal(chart.answer)).toMatchObject({ status: 409, code: 'DENIED' })
    const config = await oci.pushBlob('team/nginx', '{}')
    const image = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [] })
    expect(await ociRefusal(image)).toMatchObject({ status: 409, message: expect.stringContaining('version 1.0.0') })
    expect(await apis.versions()).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0'])
  })

  test('are deleted without the version', async () => {
    const { manifest: text } = await oci.pushChart('team', nginx)
    await oci.putManifest('team/nginx', 'stable', text)
    expect((await server.askAsHelm('DELETE', '/v2/team/nginx/manifests/stable')).status).toBe(202)
    expect(await apis.versions()).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0'])
  })
})

describe('stored, but not a version', () => {
  test.each([
    ['by digest', { tag: null }],
    ['in a deeper repository', { repository: 'team/apps/nginx' }],
    ['under another base name', { repository: 'team/web' }],
  ])('a chart pushed %s', async (_, push) => {
    const { answer, digest } = await oci.pushChart('team', nginx, push)
    expect(answer.status).toBe(201)
    expect(await apis.manifest('repository' in push ? push.repository : 'team/nginx', digest)).toMatchObject({
      digest,
    })
    expect(await apis.versions()).toEqual([])
    expect(await apis.versions('team', 'web')).toEqual([])
  })

  test('an image in the repository of a chart', async () => {
    const config = await oci.pushBlob('team/nginx', '{}', 'application/vnd.oci.image.config.v1+json')
    const answer = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [] })
    expect(answer.status).toBe(201)
    expect(await apis.versions()).toEqual([])
  })

  test('an index of charts under the tag of a version, which Helm since 3.18 accepts', async () => {
    const { manifest: text, digest } = await oci.pushChart('team', nginx, { tag: null })
    const manifests = [{ mediaType: IMAGE, digest, size: text.length }]
    const answer = await oci.putManifest(
      'team/nginx',
      '1.0.0',
      { schemaVersion: 2, mediaType: INDEX, manifests },
      INDEX,
    )
    expect(answer.status).toBe(201)
    expect(await apis.manifest('team/nginx', '1.0.0')).toMatchObject({ mediaType: INDEX, manifests })
    expect(await apis.versions()).toEqual([])
  })

  test('tags in another repository, which is counted and blocks the deletion of its namespace', async () => {
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
  ])('%s deletes the version and all tags on its manifest', async (_, reference) => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    await oci.pushChart('team', { name: 'nginx', version: '2.0.0' })
    await oci.putManifest('team/nginx', 'stable', text)
    const answer = await server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${reference(digest)}`)
    expect(answer.status).toBe(202)
    expect(await oci.tags('team/nginx')).toEqual(['2.0.0'])
    expect(await apis.manifest('team/nginx', digest)).toBeUndefined()
    expect((await apis.versions()).map((line) => line.split(' ')[0])).toEqual(['2.0.0'])
    expect(await apis.download('/chartrepo/team/charts/nginx-1.0.0.tgz')).toBe('404')
  })

  test('a version deletes its manifest and all tags on it', async () => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    await oci.putManifest('team/nginx', 'stable', text)
    await deleteVersion(server.registry, server.call, { namespace: 'team', chart: 'nginx', version: '1.0.0' })
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await apis.manifest('team/nginx', digest)).toBeUndefined()
  })

  test('a chart deletes the manifests of all its versions', async () => {
    await oci.pushChart('team', nginx)
    await server.publish('team', { name: 'nginx', version: '2.0.0' })
    await deleteChart(server.registry, server.call, { namespace: 'team', name: 'nginx' })
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await server.registry.database.read.selectFrom('used_blobs').selectAll().execute()).toEqual([])
  })

  test('a replaced manifest keeps the version', async () => {
    const { digest } = await oci.pushChart('team', nginx)
    await oci.pushChart('team', changed)
    expect((await server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${digest}`)).status).toBe(202)
    expect(await apis.versions()).toHaveLength(1)
  })
})
