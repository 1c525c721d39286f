import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../chart/testing/make-provenance.ts'
import { DAMAGES, type DamageName, damageBlob } from '../testing/damage-blob.ts'
import { HELM_CHART, HELM_CONFIG, ociClient, ociRefusal, sha256 } from './oci/testing/oci-client.ts'
import { MULTIPART, multipart, type Part } from './testing/multipart.ts'
import { openTestApp, type TestApp } from './testing/open-test-app.ts'

const options = { name: 'nginx', version: '1.0.0' }
const FILE = 'nginx-1.0.0.tgz'

let server: TestApp
let chart: TestChart
let provenance: string

beforeEach(async () => {
  server = await openTestApp()
  for (const name of ['team', 'other']) await server.namespace(name)
  chart = await makeChart(options)
  provenance = makeProvenance(chart)
  await pushClassic([
    ['chart', chart.bytes, FILE],
    ['prov', provenance, `${FILE}.prov`],
  ])
})
afterEach(() => server.close())

const pushClassic = (parts: Part[]) => pushForm('/api/chartrepo/team/charts', parts)
const pushForm = (path: string, parts: Part[]) =>
  server.askAsHelm('POST', path, { body: multipart(parts), headers: { 'Content-Type': MULTIPART } })
const management = (rest: string) => `/v1/instances/${server.instance}/projects/team/charts${rest}`
const zip = () => `/console/instances/${server.instance}/namespaces/team/charts/nginx/zip?version=1.0.0`
const blob = (digest = `sha256:${chart.sha256}`) => `/v2/team/nginx/blobs/${digest}`
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const missing = (digest: string) =>
  server.logged.filter((line) => line.msg === 'blob missing or damaged' && line.digest === digest)

/** The ways to read an archive. */
const READS: Readonly<Record<string, (method: string) => Promise<Response>>> = {
  'the management API': (method) => server.ask(method, management(`/download/${FILE}`)),
  'the classic API': (method) => server.askAsHelm(method, `/chartrepo/team/charts/${FILE}`),
  'the OCI API': (method) => server.askAsHelm(method, blob()),
}

/** The ways to push the same archive again, each as its clients do. */
const PUSHES: Readonly<Record<string, () => Promise<Response>>> = {
  'the management API': () =>
    server.ask('POST', management(''), {
      body: multipart([['chart', chart.bytes, FILE]]),
      headers: { 'Content-Type': MULTIPART },
    }),
  'the management API with If-None-Match': () =>
    server.ask('POST', management(''), {
      body: multipart([['chart', chart.bytes, FILE]]),
      headers: { 'Content-Type': MULTIPART, 'If-None-Match': '*' },
    }),
  'the classic API': () => pushClassic([['chart', chart.bytes, FILE]]),
  'the classic API to another namespace': () => pushForm('/api/chartrepo/other/charts', [['chart', chart.bytes, FILE]]),
  'an OCI upload in one request': async () => {
    await ociClient(server).pushBlob('team/nginx', chart.bytes)
    return server.askAsHelm('HEAD', blob())
  },
  'an OCI upload in pieces': async () => {
    const begun = await server.askAsHelm('POST', '/v2/team/nginx/blobs/uploads/')
    const at = begun.headers.get('location') ?? ''
    await server.askAsHelm('PATCH', at, { body: chart.bytes })
    return server.askAsHelm('PUT', `${at}?digest=sha256:${chart.sha256}`)
  },
  'an OCI push of the chart': async () => (await ociClient(server).pushChart('team', options)).answer,
}

const SIZES = (Object.keys(DAMAGES) as DamageName[]).filter((how) => how !== 'altered') // the keys of DAMAGES

describe.each(SIZES)('an archive whose file is %s', (how) => {
  beforeEach(() => damageBlob(server, chart.sha256, how))

  test('returns 404 in every API, for HEAD and GET, and is logged with its digest', async () => {
    for (const [name, read] of Object.entries(READS)) {
      const head = await read('HEAD')
      const told = [head.status, head.headers.get('etag'), head.headers.get('docker-content-digest')]
      expect(told, name).toEqual([404, null, null])
      const got = await read('GET')
      expect([got.status, await got.text()], name).toEqual([404, expect.stringContaining(chart.sha256)])
    }
    expect((await server.ask('GET', zip())).status).toBe(404)
    expect(missing(`sha256:${chart.sha256}`)).toHaveLength(7)
  })

  test('is BLOB_UNKNOWN in the OCI API, also for a range', async () => {
    for (const headers of [{}, { Range: 'bytes=0-9' }]) {
      const answer = await server.askAsHelm('GET', blob(), { headers })
      expect(await ociRefusal(answer)).toMatchObject({ status: 404, code: 'BLOB_UNKNOWN' })
    }
  })

  test('is not mounted, so that the client uploads it', async () => {
    const mount = `/v2/other/nginx/blobs/uploads/?mount=sha256:${chart.sha256}&from=team/nginx`
    expect((await server.askAsHelm('POST', mount)).status).toBe(202)
    await PUSHES['an OCI upload in one request']?.()
    expect((await server.askAsHelm('POST', mount)).status).toBe(201)
  })

  test('is refused in a manifest, of a chart and of any artifact', async () => {
    const oci = ociClient(server)
    const config = await oci.pushBlob('team/nginx', '{}', HELM_CONFIG)
    const layer = { mediaType: HELM_CHART, digest: `sha256:${chart.sha256}`, size: chart.bytes.length }
    const manifest = { schemaVersion: 2, config, layers: [layer] }
    for (const reference of ['1.0.0', 'free']) {
      const answer = await oci.putManifest('team/nginx', reference, manifest)
      expect(await ociRefusal(answer)).toMatchObject({ status: 404, code: 'MANIFEST_BLOB_UNKNOWN' })
    }
  })
})

describe.each(Object.keys(DAMAGES) as DamageName[])('an archive whose file is %s', (how) => {
  test('is restored by a push of the same bytes through any API', async () => {
    for (const [name, push] of Object.entries(PUSHES)) {
      await damageBlob(server, chart.sha256, how)
      expect([200, 201], name).toContain((await push()).status)
      for (const read of Object.values(READS)) {
        expect((await read('HEAD')).status, name).toBe(200)
        expect(await bytesOf(await read('GET')), name).toEqual(Buffer.from(chart.bytes))
      }
      expect((await server.ask('GET', zip())).status, name).toBe(200)
    }
  })

  test('cannot get a provenance file, and is recorded as lost', async () => {
    await damageBlob(server, chart.sha256, how)
    const answer = await server.askAsHelm('POST', '/api/chartrepo/team/prov', { body: provenance })
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining(chart.sha256)])
    for (const read of Object.values(READS)) expect((await read('HEAD')).status).toBe(404)
  })
})

describe.each(Object.keys(DAMAGES) as DamageName[])('a provenance file that is %s', (how) => {
  test('is restored by a push of the same pair', async () => {
    await damageBlob(server, sha256(provenance), how)
    await pushClassic([
      ['chart', chart.bytes, FILE],
      ['prov', provenance, `${FILE}.prov`],
    ])
    expect(await (await server.askAsHelm('GET', `/chartrepo/team/charts/${FILE}.prov`)).text()).toBe(provenance)
  })
})

test('a missing config of a manifest is restored with its archive', async () => {
  const manifest = await (await server.askAsHelm('GET', '/v2/team/nginx/manifests/1.0.0')).json()
  await damageBlob(server, manifest.config.digest, 'missing')
  expect((await server.askAsHelm('HEAD', blob(manifest.config.digest))).status).toBe(404)
  await pushClassic([
    ['chart', chart.bytes, FILE],
    ['prov', provenance, `${FILE}.prov`],
  ])
  expect((await server.askAsHelm('HEAD', blob(manifest.config.digest))).status).toBe(200)
})

test('altered bytes are detected when a manifest publishes them, and the client has to push the layer again', async () => {
  const oci = ociClient(server)
  const config = await oci.pushBlob('team/nginx', '{}', HELM_CONFIG)
  const layer = { mediaType: HELM_CHART, digest: `sha256:${chart.sha256}`, size: chart.bytes.length }
  await damageBlob(server, chart.sha256, 'altered')
  expect((await server.askAsHelm('HEAD', blob())).status).toBe(200)
  const refused = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [layer] })
  expect(await ociRefusal(refused)).toMatchObject({ status: 404, code: 'MANIFEST_BLOB_UNKNOWN' })
  expect(missing(layer.digest)).toHaveLength(1)
  expect((await server.askAsHelm('HEAD', blob())).status).toBe(404)
  await oci.pushBlob('team/nginx', chart.bytes)
  const taken = await oci.putManifest('team/nginx', '1.0.0', { schemaVersion: 2, config, layers: [layer] })
  expect(taken.status).toBe(201)
  expect((await server.askAsHelm('HEAD', blob())).status).toBe(200)
})
