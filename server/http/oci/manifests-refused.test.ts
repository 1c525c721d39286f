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

test('a referrer of a digest that is none', async () => {
  expect(refusal(await send('GET', '/v2/team/bad/referrers/sha256:nonsense'))).toEqual([400, 'DIGEST_INVALID'])
})

test('a blob that was never pushed is named', async () => {
  const config = { mediaType: CONFIG, digest: sha256('never pushed'), size: 12 }
  const answer = await put('latest', JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers: [] }))
  expect(refusal(answer)).toEqual([404, 'MANIFEST_BLOB_UNKNOWN'])
  expect(answer.body.toString()).toContain(config.digest)
  const index = { schemaVersion: 2, mediaType: INDEX, manifests: [{ ...config, mediaType: IMAGE }] }
  expect(refusal(await put('latest', JSON.stringify(index), INDEX))).toEqual([404, 'MANIFEST_BLOB_UNKNOWN'])
})

test('a blob of another size than the manifest says', async () => {
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
  ['a config that is nothing', JSON.stringify({ schemaVersion: 2, config: null, layers: [] }), IMAGE],
  [
    'manifests beside its layers',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], manifests: [] }),
    IMAGE,
  ],
  ['layers beside its manifests', JSON.stringify({ schemaVersion: 2, manifests: [], layers: [] }), INDEX],
  ['a config beside its manifests', JSON.stringify({ schemaVersion: 2, manifests: [], config: EMPTY }), INDEX],
  ['two types', JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [] }), IMAGE],
  ['annotations that are no text', JSON.stringify({ schemaVersion: 2, manifests: [], annotations: { a: 1 } }), INDEX],
  ['a key that stands twice', `{"schemaVersion":2,"config":${JSON.stringify(EMPTY)},"layers":[],"layers":[]}`, IMAGE],
  [
    'a key that stands twice, once escaped, in a descriptor',
    `{"schemaVersion":2,"config":{"mediaType":"a/b","digest":"${EMPTY.digest}","size":1,"s\\u0069ze":2},"layers":[]}`,
    IMAGE,
  ],
  ['Layers beside layers', JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], Layers: [] }), IMAGE],
  [
    'a Digest beside the digest',
    JSON.stringify({ schemaVersion: 2, config: { ...EMPTY, Digest: 'x' }, layers: [] }),
    IMAGE,
  ],
  [
    'a long s in mediaType’s neighbour',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], digeſt: 1 }),
    IMAGE,
  ],
  [
    'the name of a type that no list could show',
    JSON.stringify({ schemaVersion: 2, config: EMPTY, layers: [], artifactType: `a/${'b'.repeat(254)}` }),
    IMAGE,
  ],
  [
    'a config whose type has such a name',
    JSON.stringify({ schemaVersion: 2, config: { ...EMPTY, mediaType: `a/${'b'.repeat(254)}` }, layers: [] }),
    IMAGE,
  ],
  ['a type that is none', '{}', 'nonsense'],
  ['no type at all', '{}', ''],
])('a manifest with %s', async (_, body, type) => {
  expect(refusal(await put('latest', body, type))).toEqual([400, 'MANIFEST_INVALID'])
})

test.each([
  'application/json',
  'application/x-www-form-urlencoded',
  'application/vnd.docker.distribution.manifest.v2+json',
])('a manifest that does not say what it is, sent as %s: who pulls it would be told so for ever', async (type) => {
  const config = await new DataSetBuilder(server, 'team/bad').blob(CONFIG, type)
  const text = JSON.stringify({ schemaVersion: 2, config, layers: [] })
  expect(refusal(await put('v1', text, type))).toEqual([400, 'MANIFEST_INVALID'])
  expect((await put('v1', text)).status).toBe(201)
  const { headers } = await send('GET', '/v2/team/bad/manifests/v1')
  expect(headers['content-type']).toBe(IMAGE)
})

test('a manifest of more than 4 MiB', async () => {
  expect(refusal(await put('latest', 'x'.repeat(4 * 1024 * 1024 + 1)))).toEqual([413, 'SIZE_INVALID'])
})

test.each(['.hidden', '-x', 'x'.repeat(129), 'a b', 'ü'])('a tag that can be none: %s', async (tag) => {
  expect(refusal(await put(encodeURIComponent(tag), '{}'))).toEqual([400, 'MANIFEST_INVALID'])
})

test('names that recur in different objects, in texts and in annotations are no repetition', async () => {
  const of = new DataSetBuilder(server, 'team/bad')
  const config = await of.blob(CONFIG, '{}')
  const annotations = { config: '{"size":1,"size":2}', Config: 'x', 'quote"size': '\\' }
  const layers = [{ ...config, annotations: { size: 'size', digest: '"digest":' } }, config]
  const text = JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers, annotations }, null, 2)
  expect((await put('v2', text)).status).toBe(201)
})
