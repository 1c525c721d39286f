import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp, type WireAnswer, type WireRequest } from '../testing/listening-app.ts'
import { basic } from '../testing/open-test-app.ts'
import { sha256, sha512 } from './testing/oci-client.ts'

/*
 * The blob half of the conformance suite of opencontainers/distribution-spec, one test for each of its lines, by the
 * names that it gives them, over a real connection.
 */

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('other')
})
afterAll(() => server.close())

const repository = 'team/conformance'
const uploads = `/v2/${repository}/blobs/uploads/`

function send(method: string, path: string, request: WireRequest = {}): Promise<WireAnswer> {
  return server.send(method, path, { ...request, headers: { Authorization: basic(), ...request.headers } })
}

async function begin(path = uploads): Promise<string> {
  const answer = await send('POST', path, { headers: { 'Content-Length': 0 } })
  expect(answer.status).toBe(202)
  return answer.headers.location ?? ''
}

function codeOf(answer: WireAnswer): string {
  return JSON.parse(answer.body.toString()).errors[0].code
}

test('ping', async () => {
  const answer = await send('GET', '/v2/')
  expect(answer.status).toBe(200)
  expect((await server.send('GET', '/v2/')).status).toBe(401)
})

test('empty/tag list', async () => {
  expect([200, 404]).toContain((await send('GET', '/v2/team/nothing/tags/list')).status)
})

test('empty/referrers', async () => {
  const answer = await send('GET', `/v2/team/nothing/referrers/${sha256('nothing')}`)
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toBe('application/vnd.oci.image.index.v1+json')
  expect(JSON.parse(answer.body.toString())).toMatchObject({ schemaVersion: 2, manifests: [] })
})

describe.each([
  ['sha256', sha256],
  ['sha512', sha512],
])('%s blobs', (algorithm, digestOf) => {
  /** The blob is there, whole, by HEAD and by GET. */
  async function expectBlob(bytes: Uint8Array, name = repository): Promise<void> {
    const path = `/v2/${name}/blobs/${digestOf(bytes)}`
    const head = await send('HEAD', path)
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(bytes.length) } })
    expect(head.headers['docker-content-digest']).toBe(digestOf(bytes))
    const answer = await send('GET', path, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.body.equals(bytes)).toBe(true)
  }

  async function put(location: string, bytes: Uint8Array, body?: Uint8Array, headers = {}): Promise<WireAnswer> {
    const path = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digestOf(bytes))}`
    const length = body ? { 'Content-Length': body.length, 'Content-Type': 'application/octet-stream' } : {}
    return send('PUT', path, { ...(body && { body: [body] }), headers: { ...length, ...headers } })
  }

  function patch(location: string, bytes: Uint8Array, first: number): Promise<WireAnswer> {
    const range = `${first}-${first + bytes.length - 1}`
    const headers = {
      'Content-Length': bytes.length,
      'Content-Range': range,
      'Content-Type': 'application/octet-stream',
    }
    return send('PATCH', location, { body: [bytes], headers })
  }

  test('get-missing', async () => {
    const path = `/v2/${repository}/blobs/${digestOf(randomBytes(8))}`
    expect(await send('HEAD', path)).toMatchObject({ status: 404 })
    const answer = await send('GET', path)
    expect(answer.status).toBe(404)
    expect(['BLOB_UNKNOWN', 'NAME_UNKNOWN']).toContain(codeOf(answer))
  })

  test('post only', async () => {
    const bytes = randomBytes(2048)
    const answer = await send('POST', `${uploads}?digest=${digestOf(bytes)}`, {
      body: [bytes],
      headers: { 'Content-Length': bytes.length },
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.location).toBe(`/v2/${repository}/blobs/${digestOf(bytes)}`)
    await expectBlob(bytes)
  })

  test('post+put', async () => {
    const bytes = randomBytes(2048)
    const location = await begin()
    expect(location).toMatch(/^\/v2\//)
    const answer = await put(location, bytes, bytes)
    expect(answer.status).toBe(201)
    expect(answer.headers['docker-content-digest']).toBe(digestOf(bytes))
    await expectBlob(bytes)
  })

  test('chunked single', async () => {
    const bytes = randomBytes(2048)
    const location = await begin()
    const patched = await patch(location, bytes, 0)
    expect(patched).toMatchObject({ status: 202, headers: { range: '0-2047' } })
    expect((await put(patched.headers.location ?? '', bytes)).status).toBe(201)
    await expectBlob(bytes)
  })

  test('stream', async () => {
    const bytes = randomBytes(4096)
    const location = await begin()
    // In pieces, chunked, without a length and without a range.
    const pieces = [bytes.subarray(0, 1000), bytes.subarray(1000, 1001), bytes.subarray(1001)]
    const patched = await send('PATCH', location, { body: pieces })
    expect(patched).toMatchObject({ status: 202, headers: { range: '0-4095' } })
    expect((await put(patched.headers.location ?? '', bytes)).status).toBe(201)
    await expectBlob(bytes)
  })

  test('mount', async () => {
    const bytes = randomBytes(512)
    await put(await begin(), bytes, bytes)
    const path = `/v2/other/mounted-${algorithm}/blobs/uploads/?mount=${digestOf(bytes)}&from=${repository}`
    const answer = await send('POST', path, { headers: { 'Content-Length': 0 } })
    expect(answer.status).toBe(201)
    expect(answer.headers.location).toBe(`/v2/other/mounted-${algorithm}/blobs/${digestOf(bytes)}`)
    await expectBlob(bytes, `other/mounted-${algorithm}`)
  })

  test('mount anonymous', async () => {
    const bytes = randomBytes(512)
    await put(await begin(), bytes, bytes)
    const path = `/v2/other/anonymous-${algorithm}/blobs/uploads/?mount=${digestOf(bytes)}`
    expect((await send('POST', path, { headers: { 'Content-Length': 0 } })).status).toBe(201)
    await expectBlob(bytes, `other/anonymous-${algorithm}`)
  })

  test('mount missing', async () => {
    const bytes = randomBytes(512)
    for (const from of ['', `&from=${repository}`, '&from=team/nothing', '&from=nowhere/x', '&from=NOT!A!NAME']) {
      const location = await begin(`${uploads}?mount=${digestOf(bytes)}${from}`)
      expect(location).toContain(uploads)
    }
    const location = await begin(`${uploads}?mount=${digestOf(bytes)}&from=team/nothing`)
    expect((await put(location, bytes, bytes)).status).toBe(201)
    await expectBlob(bytes)
  })

  test('post cancel', async () => {
    const location = await begin()
    expect((await send('DELETE', location)).status).toBe(204)
    expect((await send('GET', location)).status).toBe(404)
    const again = await send('DELETE', location)
    expect([again.status, codeOf(again)]).toEqual([404, 'BLOB_UPLOAD_UNKNOWN'])
  })

  test('chunked multi', async () => {
    const bytes = randomBytes(3000)
    let location = await begin()
    for (const first of [0, 1000, 2000]) {
      const patched = await patch(location, bytes.subarray(first, first + 1000), first)
      expect(patched).toMatchObject({ status: 202, headers: { range: `0-${first + 999}` } })
      location = patched.headers.location ?? ''
      const status = await send('GET', location)
      expect(status).toMatchObject({ status: 204, headers: { range: `0-${first + 999}` } })
    }
    expect((await put(location, bytes)).status).toBe(201)
    await expectBlob(bytes)
  })

  test('chunked multi and put chunk', async () => {
    const bytes = randomBytes(3000)
    const location = await begin()
    await patch(location, bytes.subarray(0, 2000), 0)
    const answer = await put(location, bytes, bytes.subarray(2000), { 'Content-Range': '2000-2999' })
    expect(answer.status).toBe(201)
    await expectBlob(bytes)
  })

  test('chunked out-of-order', async () => {
    const bytes = randomBytes(3000)
    const location = await begin()
    expect((await patch(location, bytes.subarray(1000), 1000)).status).toBe(416)
    expect((await patch(location, bytes.subarray(0, 1000), 0)).status).toBe(202)
    // The same part again, at the address that the upload had first.
    expect((await patch(location, bytes.subarray(0, 1000), 0)).status).toBe(416)
    expect(await send('GET', location)).toMatchObject({ status: 204, headers: { range: '0-999' } })
    expect((await patch(location, bytes.subarray(1000), 1000)).status).toBe(202)
    expect((await put(location, bytes)).status).toBe(201)
    await expectBlob(bytes)
  })

  test('chunked out-of-order and put chunk', async () => {
    const bytes = randomBytes(3000)
    const location = await begin()
    await patch(location, bytes.subarray(0, 1000), 0)
    const refused = await put(location, bytes, bytes.subarray(2000), { 'Content-Range': '2000-2999' })
    expect([refused.status, codeOf(refused)]).toEqual([416, 'BLOB_UPLOAD_INVALID'])
    expect(await send('GET', location)).toMatchObject({ status: 204, headers: { range: '0-999' } })
    expect((await put(location, bytes, bytes.subarray(1000), { 'Content-Range': '1000-2999' })).status).toBe(201)
    await expectBlob(bytes)
  })

  describe('range requests', () => {
    const bytes = randomBytes(2048)

    beforeAll(async () => {
      expect((await put(await begin(), bytes, bytes)).status).toBe(201)
    })

    const part = (range: string) =>
      send('GET', `/v2/${repository}/blobs/${digestOf(bytes)}`, { headers: { Range: `bytes=${range}` } })

    test.each([
      ['500-1499', 500, 1499],
      ['500-', 500, 2047],
      ['-500', 1548, 2047],
      ['2000-5000', 2000, 2047],
    ])('%s', async (range, first, last) => {
      const answer = await part(range)
      expect(answer).toMatchObject({
        status: 206,
        headers: { 'content-range': `bytes ${first}-${last}/2048`, 'content-length': String(last - first + 1) },
      })
      expect(answer.body.equals(bytes.subarray(first, last + 1))).toBe(true)
    })

    test.each(['500-0', '5000-10000'])('%s', async (range) => {
      expect((await part(range)).status).toBe(416)
    })
  })

  test.each([
    ['empty', ''],
    ['emptyJSON', '{}'],
  ])('%s', async (_, text) => {
    const bytes = Buffer.from(text)
    expect((await put(await begin(), bytes, bytes)).status).toBe(201)
    await expectBlob(bytes)
  })

  describe('bad digest', () => {
    const bytes = randomBytes(1024)
    const other = randomBytes(1024)

    async function expectRefused(answer: WireAnswer): Promise<void> {
      expect([answer.status, codeOf(answer)]).toEqual([400, 'DIGEST_INVALID'])
      expect((await send('HEAD', `/v2/${repository}/blobs/${digestOf(other)}`)).status).toBe(404)
      expect((await send('HEAD', `/v2/${repository}/blobs/${digestOf(bytes)}`)).status).toBe(404)
    }

    test('post only', async () => {
      const path = `${uploads}?digest=${digestOf(other)}`
      await expectRefused(await send('POST', path, { body: [bytes], headers: { 'Content-Length': bytes.length } }))
    })

    test('post+put', async () => {
      await expectRefused(await put(await begin(), other, bytes))
    })

    test('chunked', async () => {
      const location = await begin()
      await patch(location, bytes, 0)
      await expectRefused(await put(location, other))
    })

    test('chunked and put chunk', async () => {
      const location = await begin()
      await patch(location, bytes.subarray(0, 500), 0)
      await expectRefused(await put(location, other, bytes.subarray(500), { 'Content-Range': '500-1023' }))
    })

    test('stream', async () => {
      const location = await begin()
      await send('PATCH', location, { body: [bytes] })
      await expectRefused(await put(location, other))
    })
  })

  test('blob-delete', async () => {
    const bytes = randomBytes(64)
    await put(await begin(), bytes, bytes)
    const path = `/v2/${repository}/blobs/${digestOf(bytes)}`
    expect((await send('DELETE', path)).status).toBe(202)
    expect((await send('GET', path)).status).toBe(404)
    expect((await send('DELETE', path)).status).toBe(404)
  })
})

describe('what must not get in', () => {
  test.each(['sha256:baddigeststring', 'md5:d41d8cd98f00b204e9800998ecf8427e', 'sha256:', '', 'x'.repeat(300)])(
    'a digest that is none: %s',
    async (digest) => {
      const location = await begin()
      const answer = await send('PUT', `${location}?digest=${encodeURIComponent(digest)}`)
      expect([answer.status, codeOf(answer)]).toEqual([400, 'DIGEST_INVALID'])
    },
  )

  test.each(['Team/x', 'team/UPPER', 'team/x_', 'team/-x', 'team/a..b', `team/${'x'.repeat(256)}`])(
    'a repository that cannot be one: %s',
    async (name) => {
      const answer = await send('POST', `/v2/${name}/blobs/uploads/`, { headers: { 'Content-Length': 0 } })
      expect([answer.status, codeOf(answer)]).toEqual([400, 'NAME_INVALID'])
    },
  )

  test('a namespace that is not there: pushing never creates one', async () => {
    const answer = await send('POST', '/v2/nowhere/x/blobs/uploads/', { headers: { 'Content-Length': 0 } })
    expect([answer.status, codeOf(answer)]).toEqual([404, 'NAME_UNKNOWN'])
    expect(answer.reason).toContain('"nowhere" was not found')
  })

  test('a namespace alone is no repository', async () => {
    const answer = await send('POST', '/v2/team/blobs/uploads/', { headers: { 'Content-Length': 0 } })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'NAME_INVALID'])
  })

  test.each(['x', '0', '1-', 'bytes=0-9'])('a Content-Range that is none: %s', async (range) => {
    const location = await begin()
    const headers = { 'Content-Range': range, 'Content-Length': 10 }
    expect((await send('PATCH', location, { body: [randomBytes(10)], headers })).status).toBe(400)
  })

  test('a part that is not as long as its Content-Range', async () => {
    const location = await begin()
    const answer = await send('PATCH', location, {
      body: [randomBytes(10)],
      headers: { 'Content-Range': '0-99', 'Content-Length': 10 },
    })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SIZE_INVALID'])
  })

  test('a blob through a repository that it is not linked to', async () => {
    const bytes = randomBytes(32)
    await send('POST', `${uploads}?digest=${sha256(bytes)}`, { body: [bytes] })
    expect((await send('GET', `/v2/other/conformance/blobs/${sha256(bytes)}`)).status).toBe(404)
    expect((await send('GET', `/v2/team/another/blobs/${sha256(bytes)}`)).status).toBe(404)
  })

  test('what the specification has not', async () => {
    const answer = await send('PATCH', `/v2/${repository}/manifests/latest`)
    expect([answer.status, codeOf(answer)]).toEqual([405, 'UNSUPPORTED'])
    expect((await send('GET', '/v2/_catalog')).status).toBe(404)
  })
})
