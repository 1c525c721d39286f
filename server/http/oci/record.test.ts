import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordedBy } from '../../testing/recorded.ts'
import { writeRoutes } from '../testing/every-route.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { type OciClient, ociClient, sha256 } from './testing/oci-client.ts'

/** Audit events of the OCI API. The last test fails for a write route that no test here calls. */

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

/** Calls routes; returns the events that they recorded. */
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

test('a completed upload records blob.put, unless the blob existed', async () => {
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

test('a cancelled upload records nothing', async () => {
  expect(await walk([`DELETE ${UPLOADS}/:upload`], async () => ask('DELETE', await begin()))).toEqual([])
})

test('a mount records blob.mount, unless the blob existed; a deletion records blob.delete', async () => {
  const { digest } = await oci.pushBlob('team/other', 'blob')
  const mount = () => ask('POST', `/v2/team/app/blobs/uploads/?mount=${digest}&from=team/other`)
  expect(await walk([], mount)).toMatchObject([{ action: 'blob.mount', ...about, digest_after: digest }])
  expect(await walk([], mount)).toEqual([])
  const taken = await walk([`DELETE ${BLOB}`], () => ask('DELETE', `/v2/team/app/blobs/${digest}`))
  expect(taken).toMatchObject([{ action: 'blob.delete', ...about, digest_before: digest }])
})

test('a manifest records manifest.put, a moved tag tag.put, their deletions the same; no change records nothing', async () => {
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

test('a chart records one chart.publish with the digests of the archive; deleting its tag records chart.delete', async () => {
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

test('every write route is called by a test above', () => {
  expect([...new Set(walked)].sort()).toEqual(writeRoutes(server.app, /^\/v2\//))
})
