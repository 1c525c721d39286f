import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteChart } from '../../registry/deletion/delete-charts.ts'
import { deleteVersion } from '../../registry/deletion/delete-versions.ts'
import { IMAGE, INDEX, ociRefusal } from './testing/oci-client.ts'
import { changed, nginx, type OciTest, openOciTest } from './testing/open-oci-test.ts'

let server: OciTest['server']
let oci: OciTest['oci']
let doors: OciTest['doors']

beforeEach(async () => {
  ;({ server, oci, doors } = await openOciTest())
})
afterEach(() => server.close())

describe('tags that are not the version', () => {
  test('publish a version that is missing, with its own tag', async () => {
    const { answer, digest } = await oci.pushChart('team', nginx, { tag: 'stable' })
    expect(answer.status).toBe(201)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0', 'stable'])
    expect(await doors.manifest('team/nginx', '1.0.0')).toMatchObject({ digest })
    expect(await doors.versions()).toHaveLength(1)
  })

  test('never replace one', async () => {
    const first = await oci.pushChart('team', nginx)
    const second = await oci.pushChart('team', changed, { tag: '2.7.0' })
    expect(second.answer.status).toBe(201)
    expect(await doors.versions()).toEqual([`1.0.0 ${first.chart.sha256}`])
    expect(await doors.manifest('team/nginx', '2.7.0')).toMatchObject({ digest: second.digest })
    expect(await doors.manifest('team/nginx', '1.0.0')).toMatchObject({ digest: first.digest })
  })

  test('take no version its own tag away, whatever is put there', async () => {
    await oci.pushChart('team', nginx)
    const chart = await oci.pushChart('team', { name: 'nginx', version: '0.1.0' }, { tag: '1.0.0' })
    expect(await ociRefusal(chart.answer)).toMatchObject({ status: 409, code: 'DENIED' })
    const config = await oci.pushBlob('team/nginx', '{}')
    const image = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [] })
    expect(await ociRefusal(image)).toMatchObject({ status: 409, message: expect.stringContaining('version 1.0.0') })
    expect(await doors.versions()).toHaveLength(1)
    expect(await oci.tags('team/nginx')).toEqual(['1.0.0'])
  })

  test('go without the version', async () => {
    const { manifest: text } = await oci.pushChart('team', nginx)
    await oci.putManifest('team/nginx', 'stable', text)
    expect((await server.askAsHelm('DELETE', '/v2/team/nginx/manifests/stable')).status).toBe(202)
    expect(await doors.versions()).toHaveLength(1)
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
    expect(await doors.manifest('repository' in push ? push.repository : 'team/nginx', digest)).toMatchObject({
      digest,
    })
    expect(await doors.versions()).toEqual([])
    expect(await doors.versions('team', 'web')).toEqual([])
  })

  test('a plain image under the name of a chart', async () => {
    const config = await oci.pushBlob('team/nginx', '{}', 'application/vnd.oci.image.config.v1+json')
    const answer = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [] })
    expect(answer.status).toBe(201)
    expect(await doors.versions()).toEqual([])
  })

  test('an index of charts under the tag of a version: helm since 3.18 takes one', async () => {
    const { manifest: text, digest } = await oci.pushChart('team', nginx, { tag: null })
    const manifests = [{ mediaType: IMAGE, digest, size: text.length }]
    const answer = await oci.putManifest(
      'team/nginx',
      '1.0.0',
      { schemaVersion: 2, mediaType: INDEX, manifests },
      INDEX,
    )
    expect(answer.status).toBe(201)
    expect(await doors.manifest('team/nginx', '1.0.0')).toMatchObject({ mediaType: INDEX, manifests })
    expect(await doors.versions()).toEqual([])
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
    expect(await doors.manifest('team/nginx', digest)).toBeUndefined()
    expect((await doors.versions()).map((line) => line.split(' ')[0])).toEqual(['2.0.0'])
    expect(await doors.download('/chartrepo/team/charts/nginx-1.0.0.tgz')).toBe('404')
  })

  test('a version deletes its manifest and all tags on it', async () => {
    const { digest, manifest: text } = await oci.pushChart('team', nginx)
    await oci.putManifest('team/nginx', 'stable', text)
    await deleteVersion(server.registry, server.call, { namespace: 'team', chart: 'nginx', version: '1.0.0' })
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await doors.manifest('team/nginx', digest)).toBeUndefined()
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
    expect(await doors.versions()).toHaveLength(1)
  })
})
