import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp, type WireAnswer } from '../testing/listening-app.ts'
import { CONFIG, DataSetBuilder } from './testing/data-set.ts'
import { IMAGE, INDEX, sha256 } from './testing/oci-client.ts'
import { codeOf, ociWire } from './testing/oci-wire.ts'

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
})
afterAll(() => server.close())

const { sendWhole: send } = ociWire(() => server)

const EMPTY = { mediaType: CONFIG, digest: sha256('{}'), size: 2 }

function refusal(answer: WireAnswer): [number, string] {
  return [answer.status, codeOf(answer)]
}

const put = (reference: string, body: string | Buffer, type: string | undefined = IMAGE) =>
  send('PUT', `/v2/team/bad/manifests/${reference}`, Buffer.from(body), type ? { 'Content-Type': type } : {})

test('bad-digest-image', async () => {
  const of = new DataSetBuilder(server, 'team/bad')
  await of.image()
  const wrong = await put(sha256('something else'), of.items[0]?.text ?? '')
  expect(refusal(wrong)).toEqual([400, 'DIGEST_INVALID'])
  expect((await send('GET', `/v2/team/bad/manifests/${sha256('something else')}`)).status).toBe(404)
})

test('missing-manifest/by-digest', async () => {
  for (const repository of ['team/bad', 'team/never']) {
    const answer = await send('GET', `/v2/${repository}/manifests/${sha256('nothing')}`)
    expect(refusal(answer)).toEqual([404, 'MANIFEST_UNKNOWN'])
    expect((await send('HEAD', `/v2/${repository}/manifests/${sha256('nothing')}`)).status).toBe(404)
  }
})

test('missing-manifest/by-tag', async () => {
  expect(refusal(await send('GET', '/v2/team/bad/manifests/nothing'))).toEqual([404, 'MANIFEST_UNKNOWN'])
  expect((await send('HEAD', '/v2/team/bad/manifests/nothing')).status).toBe(404)
})

test('invalid-digest-format/manifest-put', async () => {
  expect(refusal(await put('sha256:baddigeststring', '{}'))).toEqual([400, 'DIGEST_INVALID'])
})

test('invalid-digest-format/manifest-get', async () => {
  const answer = await send('GET', '/v2/team/bad/manifests/sha256:baddigeststring')
  expect([400, 404]).toContain(answer.status)
})

test('rejects an invalid digest in a referrers request', async () => {
  expect(refusal(await send('GET', '/v2/team/bad/referrers/sha256:nonsense'))).toEqual([400, 'DIGEST_INVALID'])
})

test('returns 404 with the digest of a blob that was never pushed', async () => {
  const config = { mediaType: CONFIG, digest: sha256('never pushed'), size: 12 }
  const answer = await put('latest', JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers: [] }))
  expect(refusal(answer)).toEqual([404, 'MANIFEST_BLOB_UNKNOWN'])
  expect(answer.body.toString()).toContain(config.digest)
  const index = { schemaVersion: 2, mediaType: INDEX, manifests: [{ ...config, mediaType: IMAGE }] }
  expect(refusal(await put('latest', JSON.stringify(index), INDEX))).toEqual([404, 'MANIFEST_BLOB_UNKNOWN'])
})

test('rejects a descriptor whose size is not that of the blob', async () => {
  const config = { ...(await new DataSetBuilder(server, 'team/bad').blob(CONFIG, 'four')), size: 5 }
  const answer = await put('latest', JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers: [] }))
  expect(refusal(answer)).toEqual([400, 'MANIFEST_INVALID'])
})

test.each([
  ['not JSON', '{', IMAGE],
  ['not an object', '[]', IMAGE],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), IMAGE],
  ['no config', JSON.stringify({ schemaVersion: 2, layers: [] }), IMAGE],
  ['another schema version', JSON.stringify({ schemaVersion: 1, config: {}, layers: [] }), IMAGE],
  ['a null config', JSON.stringify({ schemaVersion: 2, config: null, layers: [] }), IMAGE],
  [
    'both manifests and layers, in an image',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], manifests: [] }),
    IMAGE,
  ],
  ['both manifests and layers, in an index', JSON.stringify({ schemaVersion: 2, manifests: [], layers: [] }), INDEX],
  ['both a config and manifests', JSON.stringify({ schemaVersion: 2, manifests: [], config: EMPTY }), INDEX],
  [
    'a mediaType that contradicts the Content-Type',
    JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [] }),
    IMAGE,
  ],
  [
    'an annotation that is not a string',
    JSON.stringify({ schemaVersion: 2, manifests: [], annotations: { a: 1 } }),
    INDEX,
  ],
  ['a duplicate key', `{"schemaVersion":2,"config":${JSON.stringify(EMPTY)},"layers":[],"layers":[]}`, IMAGE],
  [
    'a duplicate key in a descriptor, once escaped',
    `{"schemaVersion":2,"config":{"mediaType":"a/b","digest":"${EMPTY.digest}","size":1,"s\\u0069ze":2},"layers":[]}`,
    IMAGE,
  ],
  [
    'keys that differ only in case: Layers',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], Layers: [] }),
    IMAGE,
  ],
  [
    'keys that differ only in case: Digest',
    JSON.stringify({ schemaVersion: 2, config: { ...EMPTY, Digest: 'x' }, layers: [] }),
    IMAGE,
  ],
  [
    'a key that Unicode case folding makes a duplicate: digeſt',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], digeſt: 1 }),
    IMAGE,
  ],
  [
    'an artifact type that is too long',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], artifactType: `a/${'b'.repeat(254)}` }),
    IMAGE,
  ],
  [
    'a config type that is too long',
    JSON.stringify({ schemaVersion: 2, config: { ...EMPTY, mediaType: `a/${'b'.repeat(254)}` }, layers: [] }),
    IMAGE,
  ],
  ['an invalid Content-Type', '{}', 'nonsense'],
  ['no Content-Type', '{}', ''],
])('rejects a manifest with %s', async (_, body, type) => {
  expect(refusal(await put('latest', body, type))).toEqual([400, 'MANIFEST_INVALID'])
})

test.each([
  'application/json',
  'application/x-www-form-urlencoded',
  'application/vnd.docker.distribution.manifest.v2+json',
])('rejects a manifest without mediaType sent as %s: it would be served with that type for ever', async (type) => {
  const config = await new DataSetBuilder(server, 'team/bad').blob(CONFIG, type)
  const text = JSON.stringify({ schemaVersion: 2, config, layers: [] })
  expect(refusal(await put('v1', text, type))).toEqual([400, 'MANIFEST_INVALID'])
  expect((await put('v1', text)).status).toBe(201)
  const { headers } = await send('GET', '/v2/team/bad/manifests/v1')
  expect(headers['content-type']).toBe(IMAGE)
})

test('rejects a manifest of more than 4 MiB', async () => {
  expect(refusal(await put('latest', 'x'.repeat(4 * 1024 * 1024 + 1)))).toEqual([413, 'SIZE_INVALID'])
})

test.each(['.hidden', '-x', 'x'.repeat(129), 'a b', 'ü'])('rejects the invalid tag %s', async (tag) => {
  expect(refusal(await put(encodeURIComponent(tag), '{}'))).toEqual([400, 'MANIFEST_INVALID'])
})

test('accepts keys that recur in different objects, in strings and in annotations', async () => {
  const of = new DataSetBuilder(server, 'team/bad')
  const config = await of.blob(CONFIG, '{}')
  const annotations = { config: '{"size":1,"size":2}', Config: 'x', 'quote"size': '\\' }
  const layers = [{ ...config, annotations: { size: 'size', digest: '"digest":' } }, config]
  const text = JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers, annotations }, null, 2)
  expect((await put('v2', text)).status).toBe(201)
})
