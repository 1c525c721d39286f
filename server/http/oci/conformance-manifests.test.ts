import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { CONFIG, type DataSet, DataSetBuilder, EMPTY, LAYER } from './testing/data-set.ts'
import { IMAGE, INDEX, sha256, sha512 } from './testing/oci-client.ts'
import { ociWire } from './testing/oci-wire.ts'

/*
 * The manifest half of the conformance suite of opencontainers/distribution-spec: each of its data sets, under its
 * name there, is pushed, listed, pulled and deleted over a real connection.
 */

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
})
afterAll(() => server.close())

const { sendWhole: send } = ociWire(() => server)

const dataSets: Record<string, (of: DataSetBuilder) => Promise<unknown>> = {
  image: (of) => of.image({ tag: 'image' }),
  'image-uncompressed': async (of) => {
    const config = await of.blob(CONFIG)
    of.manifest({ config, layers: [await of.blob('application/vnd.oci.image.layer.v1.tar')] }, { tag: 'uncompressed' })
  },
  'large-manifest': async (of) => {
    const annotations = Object.fromEntries(
      Array.from({ length: 390 }, (_, at) => [`org.example.${at}`, 'x'.repeat(10_000)]),
    )
    await of.image({ tag: 'large' }, { annotations })
  },
  index: async (of) => of.index([await of.image(), await of.image()], { tag: 'index' }),
  'nested-index': async (of) =>
    of.index([of.index([await of.image()]), of.index([await of.image()])], { tag: 'nested' }),
  'empty-index': async (of) => of.index([], { tag: 'empty-index' }),
  artifact: (of) => of.artifact('application/vnd.example.sbom', { tag: 'artifact' }),
  'artifact-index': async (of) => {
    const children = [
      await of.artifact('application/vnd.example.one'),
      await of.artifact('application/vnd.example.two'),
    ]
    of.index(children, { tag: 'artifact-index' }, { artifactType: 'application/vnd.example.both' })
  },
  'artifact-without-layers': async (of) => {
    const empty = await of.blob(EMPTY, '{}')
    of.manifest({ artifactType: 'application/vnd.example.bare', config: empty, layers: [empty] }, { tag: 'bare' })
  },
  'artifacts-with-subject': async (of) => {
    const subject = await of.image({ tag: 'subject' })
    const about = { subject: subject.digest }
    const annotations = { 'org.example.signed-by': 'Ann' }
    await of.artifact('application/vnd.example.signature', { ...about, annotations }, { subject, annotations })
    await of.artifact('application/vnd.example.sbom', about, { subject })
    // Without an artifact type, the type of its config is listed.
    await of.image({ ...about, artifactType: CONFIG, tag: 'also-about-it' }, { subject })
  },
  'index-with-subject': async (of) => {
    const subject = await of.image({ tag: 'subject-of-index' })
    of.index([await of.image()], { subject: subject.digest }, { subject })
    const artifactType = 'application/vnd.example.list'
    of.index([], { subject: subject.digest, artifactType }, { subject, artifactType })
  },
  'missing-subject': async (of) => {
    const subject = { mediaType: IMAGE, digest: sha256(randomBytes(9)), size: 9 }
    await of.artifact('application/vnd.example.early', { subject: subject.digest, tag: 'early' }, { subject })
  },
  'data-field': async (of) => {
    const data = Buffer.from('in the descriptor itself')
    const layer = await of.blob('text/plain', data)
    const config = { ...(await of.blob(EMPTY, '{}')), data: 'e30=' }
    of.manifest({ config, layers: [{ ...layer, data: data.toString('base64') }] }, { tag: 'data' })
  },
  'non-distributable-layers': async (of) => {
    const config = await of.blob(CONFIG)
    const elsewhere = {
      mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
      digest: sha256(randomBytes(8)),
      size: 123_456,
      urls: ['https://layers.example.org/1'],
    }
    of.manifest({ config, layers: [elsewhere, await of.blob(LAYER)] }, { tag: 'elsewhere' })
  },
  'custom-fields': (of) => of.image({ tag: 'custom' }, { 'org.example.field': { deep: ['value'] } }),
  'no-layers': async (of) => of.manifest({ config: await of.blob(CONFIG), layers: [] }, { tag: 'no-layers' }),
  sha512: async (of) => {
    const layer = randomBytes(100)
    await of.blob(LAYER, layer)
    const config = await of.blob(CONFIG)
    const layers = [{ mediaType: LAYER, digest: await pushAsSha512('team/sha512', layer), size: 100 }]
    of.manifest({ config, layers }, { digestOf: sha512 })
  },
}

async function pushAsSha512(repository: string, bytes: Buffer): Promise<string> {
  const answer = await send('POST', `/v2/${repository}/blobs/uploads/?digest=${sha512(bytes)}`, bytes)
  expect(answer.status).toBe(201)
  return sha512(bytes)
}

describe.each(Object.entries(dataSets))('%s', (name, build) => {
  const repository = `team/${name}`
  let set: DataSet

  beforeAll(async () => {
    const builder = new DataSetBuilder(server, repository)
    await build(builder)
    set = builder
  })

  const manifest = (reference: string) => `/v2/${repository}/manifests/${reference}`

  test('push', async () => {
    for (const { text, mediaType, digest, tag, subject } of set.items) {
      const answer = await send('PUT', manifest(tag ?? digest), Buffer.from(text), { 'Content-Type': mediaType })
      expect([answer.status, answer.body.toString()]).toEqual([201, ''])
      expect(answer.headers.location).toBe(manifest(digest))
      expect(answer.headers['docker-content-digest']).toBe(digest)
      expect(answer.headers['oci-subject']).toBe(subject)
    }
  })

  test('tag-list', async () => {
    const answer = await send('GET', `/v2/${repository}/tags/list`)
    const tags = set.items.flatMap(({ tag }) => tag ?? [])
    expect(JSON.parse(answer.body.toString())).toEqual({ name: repository, tags: tags.sort() })
  })

  test('head', async () => {
    for (const { text, mediaType, digest, tag } of set.items) {
      for (const reference of tag ? [tag, digest] : [digest]) {
        const answer = await send('HEAD', manifest(reference))
        expect(answer.status).toBe(200)
        expect(answer.headers).toMatchObject({
          'content-type': mediaType,
          'content-length': String(Buffer.byteLength(text)),
          'docker-content-digest': digest,
        })
      }
    }
  })

  test('pull', async () => {
    for (const { text, mediaType, digest, tag } of set.items) {
      for (const reference of tag ? [tag, digest] : [digest]) {
        const answer = await send('GET', manifest(reference), undefined, { 'Accept-Encoding': 'gzip' })
        expect(answer.status).toBe(200)
        expect(answer.headers['content-type']).toBe(mediaType)
        expect(answer.headers['content-encoding']).toBeUndefined()
        expect(answer.body.toString()).toBe(text)
      }
    }
  })

  test('referrers', async () => {
    const bySubject = Map.groupBy(
      set.items.filter(({ subject }) => subject !== undefined),
      ({ subject }) => subject,
    )
    for (const [subject, about] of bySubject) {
      const answer = await send('GET', `/v2/${repository}/referrers/${subject}`)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe(INDEX)
      const listed = about.map(({ text, mediaType, digest, artifactType, annotations }) => ({
        mediaType,
        digest,
        size: Buffer.byteLength(text),
        ...(artifactType !== undefined && { artifactType }),
        ...(annotations !== undefined && { annotations }),
      }))
      const { manifests } = JSON.parse(answer.body.toString())
      expect(manifests).toEqual(listed.sort((a, b) => (a.digest < b.digest ? -1 : 1)))
      for (const artifactType of new Set(about.flatMap((item) => item.artifactType ?? []))) {
        const filtered = await send(
          'GET',
          `/v2/${repository}/referrers/${subject}?artifactType=${encodeURIComponent(artifactType)}`,
        )
        expect(filtered.headers['oci-filters-applied']).toBe('artifactType')
        expect(JSON.parse(filtered.body.toString()).manifests).toEqual(
          listed.filter((item) => item.artifactType === artifactType),
        )
      }
    }
  })

  test('delete/tag-delete', async () => {
    for (const { tag, digest } of set.items) {
      if (tag === undefined) continue
      expect((await send('DELETE', manifest(tag))).status).toBe(202)
      expect((await send('GET', manifest(tag))).status).toBe(404)
      expect((await send('GET', manifest(digest))).status).toBe(200)
      expect((await send('DELETE', manifest(tag))).status).toBe(404)
    }
  })

  test('delete/manifest-delete', async () => {
    for (const { text, mediaType, digest } of set.items.toReversed()) {
      // Tags on the manifest are deleted with it.
      await send('PUT', manifest('doomed'), Buffer.from(text), { 'Content-Type': mediaType })
      expect((await send('DELETE', manifest(digest))).status).toBe(202)
      for (const reference of [digest, 'doomed']) expect((await send('GET', manifest(reference))).status).toBe(404)
    }
  })

  test('delete/blob-delete', async () => {
    for (const digest of new Set(set.blobs)) {
      const path = `/v2/${repository}/blobs/${digest}`
      expect((await send('DELETE', path)).status).toBe(202)
      expect((await send('GET', path)).status).toBe(404)
    }
  })
})
