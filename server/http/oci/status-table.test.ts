import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { DataSetBuilder } from './testing/data-set.ts'
import { IMAGE, ociClient, sha256 } from './testing/oci-client.ts'
import { codeOf, ociWire } from './testing/oci-wire.ts'

/** Every error has a status that the table of endpoints allows (distribution-spec 1.1.1, "Endpoints"). */

let server: ListeningApp
let upload: string
let inUse: string[]

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('fixed', { immutable: true })
  upload = await begin('/v2/team/app/blobs/uploads/')
  const image = new DataSetBuilder(server, 'team/app')
  await image.image()
  inUse = image.blobs
  await send('PUT', '/v2/team/app/manifests/v1', Buffer.from(image.items[0]?.text ?? ''), { 'Content-Type': IMAGE })
  await ociClient(server).pushChart('fixed', { name: 'app', version: '1.0.0' })
})
afterAll(() => server.close())

const { sendWhole: send, begin } = ociWire(() => server)

const UNKNOWN = sha256('never pushed')
const MALFORMED = 'sha256:nonsense'
const OTHER_UPLOAD = `/v2/team/app/blobs/uploads/${'0'.repeat(32)}`
const missingLayer = { mediaType: 'application/octet-stream', digest: UNKNOWN, size: 1 }
const incomplete = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config: missingLayer, layers: [] }))
const bytes = randomBytes(100)

type Row = readonly [
  endpoint: string,
  method: string,
  path: () => string,
  expected: string,
  body?: Buffer,
  headers?: object,
]
const row = (
  endpoint: string,
  method: string,
  path: string | (() => string),
  ...expected: [expected: string, body?: Buffer, headers?: object]
): Row => [endpoint, method, typeof path === 'string' ? () => path : path, ...expected]

const ROWS: readonly Row[] = [
  row('end-2', 'GET', `/v2/team/app/blobs/${UNKNOWN}`, '404 BLOB_UNKNOWN'),
  row('end-2', 'GET', `/v2/team/none/blobs/${UNKNOWN}`, '404 BLOB_UNKNOWN'),
  row('end-2', 'GET', `/v2/none/app/blobs/${UNKNOWN}`, '404 NAME_UNKNOWN'),
  row('end-3', 'GET', '/v2/team/app/manifests/none', '404 MANIFEST_UNKNOWN'),
  row('end-3', 'GET', `/v2/team/app/manifests/${UNKNOWN}`, '404 MANIFEST_UNKNOWN'),
  row('end-3', 'GET', `/v2/team/app/manifests/${MALFORMED}`, '404 MANIFEST_UNKNOWN'),
  row('end-4a', 'POST', '/v2/none/app/blobs/uploads/', '404 NAME_UNKNOWN'),
  row('end-4b', 'POST', `/v2/team/app/blobs/uploads/?digest=${UNKNOWN}`, '400 DIGEST_INVALID', bytes),
  row('end-4b', 'POST', `/v2/team/app/blobs/uploads/?digest=${MALFORMED}`, '400 DIGEST_INVALID', bytes),
  row('end-5', 'PATCH', OTHER_UPLOAD, '404 BLOB_UPLOAD_UNKNOWN', bytes),
  row('end-5', 'PATCH', () => upload, '416 BLOB_UPLOAD_INVALID', bytes, { 'Content-Range': '500-599' }),
  row('end-6', 'PUT', `${OTHER_UPLOAD}?digest=${UNKNOWN}`, '404 BLOB_UPLOAD_UNKNOWN'),
  row('end-6', 'PUT', () => `${upload}?digest=${MALFORMED}`, '400 DIGEST_INVALID'),
  row('end-6', 'PUT', () => `${upload}?digest=${UNKNOWN}`, '416 BLOB_UPLOAD_INVALID', bytes, {
    'Content-Range': '500-599',
  }),
  row('end-7', 'PUT', '/v2/team/app/manifests/v2', '404 MANIFEST_BLOB_UNKNOWN', incomplete, { 'Content-Type': IMAGE }),
  row('end-7', 'PUT', '/v2/team/app/manifests/v2', '413 SIZE_INVALID', Buffer.alloc(4 * 1024 * 1024 + 1)),
  row('end-8a', 'GET', '/v2/team/none/tags/list', '404 NAME_UNKNOWN'),
  row('end-8b', 'GET', '/v2/team/none/tags/list?n=1&last=a', '404 NAME_UNKNOWN'),
  row('end-9', 'DELETE', '/v2/team/app/manifests/none', '404 MANIFEST_UNKNOWN'),
  row('end-9', 'DELETE', `/v2/team/app/manifests/${UNKNOWN}`, '404 MANIFEST_UNKNOWN'),
  row('end-9', 'DELETE', `/v2/team/app/manifests/${MALFORMED}`, '404 MANIFEST_UNKNOWN'),
  row('end-10', 'DELETE', `/v2/team/app/blobs/${UNKNOWN}`, '404 BLOB_UNKNOWN'),
  row('end-10', 'DELETE', `/v2/team/app/blobs/${MALFORMED}`, '400 DIGEST_INVALID'),
  row('end-10', 'DELETE', () => `/v2/team/app/blobs/${inUse[0]}`, '405 UNSUPPORTED'),
  row('end-10', 'DELETE', () => `/v2/team/app/blobs/${inUse[1]}`, '405 UNSUPPORTED'),
  row('end-11', 'POST', `/v2/none/app/blobs/uploads/?mount=${UNKNOWN}&from=team/app`, '404 NAME_UNKNOWN'),
  row('end-12a', 'GET', `/v2/team/app/referrers/${MALFORMED}`, '400 DIGEST_INVALID'),
  row('end-13', 'GET', OTHER_UPLOAD, '404 BLOB_UPLOAD_UNKNOWN'),
  row('end-14', 'DELETE', OTHER_UPLOAD, '404 BLOB_UPLOAD_UNKNOWN'),
  // 403 is in no row of the table, but belongs to the code DENIED, which any endpoint may return.
  row('end-9', 'DELETE', '/v2/fixed/app/manifests/1.0.0', '403 DENIED'),
]

test.each(ROWS.map((one, at) => [at, `${one[0]} ${one[1]}`, one[3], one] as const))(
  '%i: %s is rejected with %s',
  async (_at, _name, _expected, [, method, path, expected, body, headers]) => {
    const answer = await send(method, path(), body, headers)
    expect(`${answer.status} ${codeOf(answer)}`).toBe(expected)
    if (answer.status === 405) expect(answer.headers.allow).toBe('GET, HEAD')
  },
)

test('a blob in use is still served after its deletion was rejected', async () => {
  for (const digest of inUse) expect((await send('GET', `/v2/team/app/blobs/${digest}`)).status).toBe(200)
})
