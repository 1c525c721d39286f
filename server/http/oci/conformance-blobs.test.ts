import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp, type WireAnswer } from '../testing/listening-app.ts'
import { sha256, sha512 } from './testing/oci-client.ts'
import { blobWire, codeOf, ociWire } from './testing/oci-wire.ts'

/*
 * The blob half of the conformance suite of opencontainers/distribution-spec: one test for each of its checks, under
 * its name there, over a real connection.
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

const { send, begin: beginAt } = ociWire(() => server)
const begin = (path = uploads) => beginAt(path)

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
  const { expectBlob, put, patch } = blobWire(() => server, repository, digestOf)

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
    // Chunked, without a length and without a range.
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
    // The same chunk again, at the initial URL of the upload.
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
