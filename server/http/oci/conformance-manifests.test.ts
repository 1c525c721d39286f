import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp, type WireAnswer } from '../testing/listening-app.ts'
import { basic } from '../testing/open-test-app.ts'
import { IMAGE, INDEX, ociClient, sha256, sha512, type TestDescriptor } from './testing/oci-client.ts'

/*
 * The manifest half of the conformance suite of opencontainers/distribution-spec: each of its data sets, by its name,
 * pushed, listed, pulled and deleted over a real connection.
 */

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
})
afterAll(() => server.close())

function send(method: string, path: string, body?: Buffer, headers = {}): Promise<WireAnswer> {
  const all = { Authorization: basic(), ...headers }
  return server.send(
    method,
    path,
    body ? { body: [body], headers: { ...all, 'Content-Length': body.length } } : { headers: all },
  )
}

/** A manifest of a data set, with the digest that it is put under. */
interface Item {
  readonly text: string
  readonly mediaType: string
  readonly digest: string
  /** Without it by its digest alone. */
  readonly tag?: string
  readonly subject?: string
  /** What it must be listed as. */
  readonly artifactType?: string
  readonly annotations?: Record<string, string>
}

/** What a data set is made of: manifests in the order in which they are pushed, and their blobs. */
interface DataSet {
  readonly items: Item[]
  readonly blobs: string[]
}

const CONFIG = 'application/vnd.oci.image.config.v1+json'
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'
const EMPTY = 'application/vnd.oci.empty.v1+json'

class Builder {
  readonly #repository: string
  readonly items: Item[] = []
  readonly blobs: string[] = []

  constructor(repository: string) {
    this.#repository = repository
  }

  async blob(mediaType: string, bytes: string | Uint8Array = randomBytes(256)): Promise<TestDescriptor> {
    const descriptor = await ociClient(server).pushBlob(this.#repository, bytes, mediaType)
    this.blobs.push(descriptor.digest)
    return descriptor
  }

  /** Adds a manifest; answers with what an index says of it. */
  manifest(fields: object, options: Partial<Item> & { digestOf?: typeof sha256 } = {}): TestDescriptor {
    const { digestOf = sha256, mediaType = IMAGE, ...others } = options
    const text = JSON.stringify({ schemaVersion: 2, mediaType, ...fields })
    const digest = digestOf(text)
    this.items.push({ text, mediaType, digest, ...others })
    return { mediaType, digest, size: text.length }
  }

  async image(options: Partial<Item> = {}, fields: object = {}): Promise<TestDescriptor> {
    const config = await this.blob(CONFIG, JSON.stringify({ architecture: 'amd64', os: 'linux', nonce: Math.random() }))
    return this.manifest({ config, layers: [await this.blob(LAYER), await this.blob(LAYER)], ...fields }, options)
  }

  async artifact(artifactType: string, options: Partial<Item> = {}, fields: object = {}): Promise<TestDescriptor> {
    const config = await this.blob(EMPTY, '{}')
    const layers = [await this.blob('text/plain')]
    return this.manifest({ artifactType, config, layers, ...fields }, { artifactType, ...options })
  }

  index(manifests: TestDescriptor[], options: Partial<Item> = {}, fields: object = {}): TestDescriptor {
    return this.manifest({ manifests, ...fields }, { mediaType: INDEX, ...options })
  }
}

const dataSets: Record<string, (of: Builder) => Promise<unknown>> = {
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
    // Without an artifact type, the type of its config stands for it.
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
    const builder = new Builder(repository)
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
      // A tag that is on it goes with it.
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

function refusal(answer: WireAnswer): [number, string] {
  return [answer.status, JSON.parse(answer.body.toString()).errors[0].code]
}

const put = (reference: string, body: string | Buffer, type: string | undefined = IMAGE) =>
  send('PUT', `/v2/team/bad/manifests/${reference}`, Buffer.from(body), type ? { 'Content-Type': type } : {})

test('bad-digest-image', async () => {
  const of = new Builder('team/bad')
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
  const config = { ...(await new Builder('team/bad').blob(CONFIG, 'four')), size: 5 }
  const answer = await put('latest', JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers: [] }))
  expect(refusal(answer)).toEqual([400, 'MANIFEST_INVALID'])
})

test.each([
  ['not JSON', '{', IMAGE],
  ['not an object', '[]', IMAGE],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), IMAGE],
  ['no config', JSON.stringify({ schemaVersion: 2, layers: [] }), IMAGE],
  ['another schema version', JSON.stringify({ schemaVersion: 1, config: {}, layers: [] }), IMAGE],
  ['two types', JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [] }), IMAGE],
  ['annotations that are no text', JSON.stringify({ schemaVersion: 2, manifests: [], annotations: { a: 1 } }), INDEX],
  ['a type that is none', '{}', 'nonsense'],
  ['no type at all', '{}', ''],
])('a manifest with %s', async (_, body, type) => {
  expect(refusal(await put('latest', body, type))).toEqual([400, 'MANIFEST_INVALID'])
})

test('a manifest of more than 4 MiB', async () => {
  expect(refusal(await put('latest', 'x'.repeat(4 * 1024 * 1024 + 1)))).toEqual([413, 'SIZE_INVALID'])
})

test.each(['.hidden', '-x', 'x'.repeat(129), 'a b', 'ü'])('a tag that can be none: %s', async (tag) => {
  expect(refusal(await put(encodeURIComponent(tag), '{}'))).toEqual([400, 'MANIFEST_INVALID'])
})

test('a blob that a manifest needs stays', async () => {
  const of = new Builder('team/needed')
  await of.image()
  const [item] = of.items
  await send('PUT', '/v2/team/needed/manifests/v1', Buffer.from(item?.text ?? ''), { 'Content-Type': IMAGE })
  const answer = await send('DELETE', `/v2/team/needed/blobs/${of.blobs[0]}`)
  expect(refusal(answer)).toEqual([409, 'DENIED'])
  expect((await send('GET', `/v2/team/needed/blobs/${of.blobs[0]}`)).status).toBe(200)
})

describe('tags', () => {
  const path = '/v2/team/tagged/tags/list'

  beforeAll(async () => {
    const of = new Builder('team/tagged')
    await of.image()
    for (const tag of ['b', 'a', 'C', '1.10', '1.9', '_x']) {
      const text = Buffer.from(of.items[0]?.text ?? '')
      await send('PUT', `/v2/team/tagged/manifests/${tag}`, text, { 'Content-Type': IMAGE })
    }
  })

  async function page(query: string): Promise<{ tags: string[]; link: string | undefined }> {
    const answer = await send('GET', query)
    return { tags: JSON.parse(answer.body.toString()).tags, link: String(answer.headers.link ?? '') || undefined }
  }

  test('in lexical order', async () => {
    expect(await page(path)).toEqual({ tags: ['1.10', '1.9', 'C', '_x', 'a', 'b'], link: undefined })
  })

  test('page by page, by relative links', async () => {
    const seen: string[][] = []
    for (let next: string | undefined = `${path}?n=4`; next; ) {
      const { tags, link } = await page(next)
      seen.push(tags)
      next = /^<(\/v2\/[^>]+)>; rel="next"$/.exec(link ?? '')?.[1]
    }
    expect(seen).toEqual([
      ['1.10', '1.9', 'C', '_x'],
      ['a', 'b'],
    ])
  })

  test('after one that need not be there', async () => {
    expect(await page(`${path}?last=Z`)).toEqual({ tags: ['_x', 'a', 'b'], link: undefined })
  })

  test('none at all', async () => {
    expect(await page(`${path}?n=0`)).toEqual({ tags: [], link: undefined })
  })

  test('a number that is none', async () => {
    expect((await send('GET', `${path}?n=-1`)).status).toBe(400)
  })
})

test('referrers that a client wrote down under a tag are listed with the others', async () => {
  const of = new Builder('team/fallback')
  const subject = await of.image()
  const signature = await of.artifact('application/vnd.example.signature')
  const entry = { ...signature, artifactType: 'application/vnd.example.signature' }
  of.index([entry as TestDescriptor], { tag: subject.digest.replace(':', '-') })
  for (const { text, mediaType, digest, tag } of of.items) {
    await send('PUT', `/v2/team/fallback/manifests/${tag ?? digest}`, Buffer.from(text), { 'Content-Type': mediaType })
  }
  const answer = await send('GET', `/v2/team/fallback/referrers/${subject.digest}`)
  expect(JSON.parse(answer.body.toString()).manifests).toEqual([entry])
})
