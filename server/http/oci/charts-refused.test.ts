import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { HELM_CHART, HELM_CONFIG, HELM_PROVENANCE, LEGACY_CHART, ociRefusal, sha256 } from './testing/oci-client.ts'
import { changed, nginx, type OciTest, openOciTest } from './testing/open-oci-test.ts'

let server: OciTest['server']
let oci: OciTest['oci']
let apis: OciTest['apis']

beforeEach(async () => {
  ;({ server, oci, apis } = await openOciTest())
})
afterEach(() => server.close())

describe('an immutable namespace', () => {
  test('rejects replacing a version with a message that names the namespace', async () => {
    await oci.pushChart('fixed', nginx)
    const { answer, digest } = await oci.pushChart('fixed', changed)
    expect(await ociRefusal(answer)).toEqual({
      status: 403,
      code: 'DENIED',
      message: expect.stringContaining('namespace “fixed” is immutable'),
    })
    // Helm since 3.18 pushes the manifest by its digest first.
    expect(
      (await oci.putManifest('fixed/nginx', digest, (await oci.pushChart('fixed', changed)).manifest)).status,
    ).toBe(201)
    expect(await apis.versions('fixed')).toHaveLength(1)
  })

  test('accepts the same bytes again; the tag keeps its manifest', async () => {
    const first = await oci.pushChart('fixed', nginx, { annotations: { 'org.opencontainers.image.created': '1' } })
    const again = await oci.pushChart('fixed', nginx, { annotations: { 'org.opencontainers.image.created': '2' } })
    expect(again.answer.status).toBe(201)
    expect(again.answer.headers.get('docker-content-digest')).toBe(again.digest)
    expect(await apis.manifest('fixed/nginx', '1.0.0')).toMatchObject({ digest: first.digest })
    expect(await apis.manifest('fixed/nginx', again.digest)).toMatchObject({ digest: again.digest })
  })

  test('lets a provenance file be added, but not replaced', async () => {
    await oci.pushChart('fixed', nginx)
    const signed = await oci.pushChart('fixed', nginx, { provenance: makeProvenance })
    expect(signed.answer.status).toBe(201)
    expect(await apis.manifest('fixed/nginx', '1.0.0')).toMatchObject({ digest: signed.digest })
    const other = await oci.pushChart('fixed', nginx, { provenance: (chart) => `${makeProvenance(chart)}\n` })
    expect(await ociRefusal(other.answer)).toMatchObject({ status: 403, code: 'DENIED' })
  })

  test('keeps its versions, but lets other tags move', async () => {
    const first = await oci.pushChart('fixed', nginx, { tag: 'stable' })
    const second = await oci.pushChart('fixed', { name: 'nginx', version: '2.0.0' }, { tag: 'stable' })
    expect(second.answer.status).toBe(201)
    expect(await apis.manifest('fixed/nginx', 'stable')).toMatchObject({ digest: second.digest })
    for (const reference of ['1.0.0', first.digest]) {
      const refused = await server.askAsHelm('DELETE', `/v2/fixed/nginx/manifests/${reference}`)
      expect(await ociRefusal(refused)).toMatchObject({ status: 403, code: 'DENIED' })
    }
    expect((await server.askAsHelm('DELETE', '/v2/fixed/nginx/manifests/stable')).status).toBe(202)
    expect(await apis.versions('fixed')).toHaveLength(2)
  })
})

describe('rejects a chart and stores nothing', () => {
  /** Pushes a manifest with the config type of Helm and these layers. */
  async function push(
    layers: readonly (readonly [type: string, bytes: string | Uint8Array])[],
    { repository = 'team/nginx', byDigest = false } = {},
  ) {
    const config = await oci.pushBlob(repository, '{"name":"nginx"}', HELM_CONFIG)
    const descriptors = []
    for (const [type, bytes] of layers) descriptors.push(await oci.pushBlob(repository, bytes, type))
    const manifest = JSON.stringify({ schemaVersion: 2, config, layers: descriptors })
    return oci.putManifest(repository, byDigest ? sha256(manifest) : '1.0.0', manifest)
  }

  afterEach(async () => {
    expect(await oci.tags('team/nginx')).toEqual([])
    expect(await apis.versions()).toEqual([])
  })

  test('that is not an archive', async () => {
    expect(await ociRefusal(await push([[HELM_CHART, 'nonsense']]))).toMatchObject({
      status: 400,
      code: 'MANIFEST_INVALID',
    })
  })

  test('without a chart layer', async () => {
    expect(await ociRefusal(await push([['text/plain', 'x']]))).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
  })

  test.each([
    ['by its tag', {}],
    ['by its digest', { byDigest: true }],
    ['into a deeper repository', { repository: 'team/apps/nginx' }],
    ['under another name', { repository: 'team/web' }],
  ])(
    'with more than one chart or provenance layer, %s: Helm might install another than the console shows',
    async (_, where) => {
      const archive = await makeChart(nginx)
      const other = await makeChart(changed)
      const provenance = makeProvenance(archive)
      const refused = { status: 400, code: 'MANIFEST_INVALID' }
      for (const type of [HELM_CHART, LEGACY_CHART]) {
        const charts = [[HELM_CHART, archive.bytes] as const, [type, other.bytes] as const]
        const reason = expect.stringContaining('more than one chart layer')
        expect(await ociRefusal(await push(charts, where))).toMatchObject({ ...refused, message: reason })
        expect(await ociRefusal(await push(charts.reverse(), where))).toMatchObject(refused)
      }
      const signed = [[HELM_CHART, archive.bytes] as const, [HELM_PROVENANCE, provenance] as const]
      const twice = await push([...signed, [HELM_PROVENANCE, `${provenance}\n`]], where)
      const reason = expect.stringContaining('more than one provenance layer')
      expect(await ociRefusal(twice)).toMatchObject({ ...refused, message: reason })
    },
  )

  test('whose archive is too large', async () => {
    const { bytes } = await makeChart({ ...nginx, files: { 'README.md': randomText(100 * 1024) } })
    expect(await ociRefusal(await push([[HELM_CHART, bytes]]))).toMatchObject({ status: 413, code: 'SIZE_INVALID' })
  })

  test('with a provenance file for another chart', async () => {
    const { bytes } = await makeChart(nginx)
    const provenance = makeProvenance(await makeChart(changed))
    const answer = await push([
      [HELM_CHART, bytes],
      [HELM_PROVENANCE, provenance],
    ])
    expect(await ociRefusal(answer)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
  })

  test('whose file name is taken', async () => {
    await oci.pushChart('team', { name: 'foo-1', version: '2.0.0' })
    const { answer } = await oci.pushChart('team', { name: 'foo', version: '1-2.0.0' })
    expect(await ociRefusal(answer)).toMatchObject({ status: 409, message: expect.stringContaining('foo-1') })
  })

  test('beyond the quota of charts', async () => {
    await server.registry.database.write(async (transaction) => {
      await transaction.updateTable('instances').set({ type: 'BASIC' }).execute()
      await transaction.updateTable('namespaces').set({ chart_count: 1000 }).where('name', '=', 'other').execute()
    })
    const { answer } = await oci.pushChart('team', nginx)
    expect(await ociRefusal(answer)).toMatchObject({ status: 403, code: 'DENIED' })
  })
})

test('rejects a repository beyond the quota', async () => {
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

function randomText(length: number): string {
  return Array.from({ length }, () => Math.random().toString(36)[2] ?? 'x').join('')
}
