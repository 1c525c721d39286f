import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordedBy } from '../../testing/recorded.ts'
import { writeRoutes } from '../testing/every-route.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { type OciClient, ociClient, sha256 } from './testing/oci-client.ts'

/** What the OCI door writes down. A route that may change something and is not walked here fails the last test. */

let server: TestApp
let oci: OciClient
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  oci = ociClient(server)
})
afterEach(() => server.close())

const UPLOADS = '/v2/:name{.+}/blobs/uploads'
const BLOB = '/v2/:name{.+}/blobs/:digest'
const MANIFEST = '/v2/:name{.+}/manifests/:reference'
const walked: string[] = []
const about = { namespace: 'team', chart: 'app', protocol: 'oci', actor: 'admin', credential: 'password' }

/** Requests to routes; answers with what they left in the record. */
function walk(routes: readonly string[], act: () => Promise<unknown>) {
  walked.push(...routes)
  return recordedBy(server, act)
}

async function ask(method: string, path: string, body?: string): Promise<Response> {
  const answer = await server.askAsHelm(method, path, { body })
  if (answer.status >= 300) throw new Error(`${answer.status}: ${await answer.text()}`)
  return answer
}

const begin = async (slash = '/') =>
  (await ask('POST', `/v2/team/app/blobs/uploads${slash}`)).headers.get('location') ?? ''
const put = async (reference: string, more: object = {}) => {
  const config = await oci.pushBlob('team/app', '{}')
  const manifest = JSON.stringify({ schemaVersion: 2, config, layers: [], ...more })
  return walk([`PUT ${MANIFEST}`], () => oci.putManifest('team/app', reference, manifest))
}

test('a blob, once it is whole and where it was not', async () => {
  for (const slash of ['/', '']) {
    const events = await walk(
      [`POST ${UPLOADS}${slash}`, `PATCH ${UPLOADS}/:upload`, `PUT ${UPLOADS}/:upload`],
      async () => {
        const upload = await begin(slash)
        await ask('PATCH', upload, 'blob')
        await ask('PUT', `${upload}?digest=${sha256('blob')}`)
      },
    )
    expect(events).toMatchObject(slash ? [{ action: 'blob.put', ...about, digest_after: sha256('blob') }] : [])
  }
})

test('an upload that is given up leaves nothing', async () => {
  expect(await walk([`DELETE ${UPLOADS}/:upload`], async () => ask('DELETE', await begin()))).toEqual([])
})

test('a blob mounted from elsewhere, and taken out', async () => {
  const { digest } = await oci.pushBlob('team/other', 'blob')
  const mount = () => ask('POST', `/v2/team/app/blobs/uploads/?mount=${digest}&from=team/other`)
  expect(await walk([], mount)).toMatchObject([{ action: 'blob.mount', ...about, digest_after: digest }])
  expect(await walk([], mount)).toEqual([])
  const taken = await walk([`DELETE ${BLOB}`], () => ask('DELETE', `/v2/team/app/blobs/${digest}`))
  expect(taken).toMatchObject([{ action: 'blob.delete', ...about, digest_before: digest }])
})

test('a manifest, a tag that moves, and neither where nothing changes', async () => {
  const [first] = await put('v1')
  expect(first).toMatchObject({ action: 'manifest.put', ...about, subject: 'v1' })
  expect(await put('v1')).toEqual([])
  expect(await put('stable')).toMatchObject([
    { action: 'tag.put', ...about, subject: 'stable', digest_after: first?.digest_after },
  ])
  const [second] = await put('stable', { annotations: { more: 'yes' } })
  expect(second).toMatchObject({ action: 'manifest.put', subject: 'stable', digest_before: first?.digest_after })
  const gone = await walk([`DELETE ${MANIFEST}`], () => ask('DELETE', '/v2/team/app/manifests/v1'))
  expect(gone).toMatchObject([{ action: 'tag.delete', ...about, subject: 'v1', digest_before: first?.digest_after }])
  const deleted = await walk([], () => ask('DELETE', `/v2/team/app/manifests/${second?.digest_after}`))
  expect(deleted).toMatchObject([{ action: 'manifest.delete', ...about, digest_before: second?.digest_after }])
})

test('a chart: one event for the publication, by the archive’s digests; its tag deletes it', async () => {
  const chart = { name: 'nginx', version: '1.0.0' }
  const pushed = async (more = {}, push = {}) => {
    const events = await recordedBy(server, () => oci.pushChart('team', { ...chart, ...more }, push))
    return events.filter(({ action }) => action !== 'blob.put')
  }
  const nginx = { namespace: 'team', chart: 'nginx', version: '1.0.0' }
  const [first, ...others] = await pushed()
  expect([first, others]).toMatchObject([{ action: 'chart.publish', ...nginx }, []])
  expect(await pushed()).toEqual([])
  const [next] = await pushed({ metadata: { description: 'changed' } })
  expect(next).toMatchObject({ action: 'chart.publish', ...nginx, digest_before: first?.digest_after })
  const latest = await pushed({ metadata: { description: 'changed' } }, { tag: 'latest' })
  expect(latest).toMatchObject([{ action: 'tag.put', ...nginx, subject: 'latest' }])
  const gone = await walk([], () => ask('DELETE', '/v2/team/nginx/manifests/1.0.0'))
  expect(gone).toMatchObject([{ action: 'chart.delete', ...nginx, digest_before: next?.digest_after }])
})

test('every route that may change something has been walked', () => {
  expect([...new Set(walked)].sort()).toEqual(writeRoutes(server.app, /^\/v2\//))
})
