import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { sha256 } from './testing/oci-client.ts'
import { codeOf, ociWire } from './testing/oci-wire.ts'

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
const begin = () => beginAt(uploads)

describe('rejected blob requests', () => {
  test.each(['sha256:baddigeststring', 'md5:d41d8cd98f00b204e9800998ecf8427e', 'sha256:', '', 'x'.repeat(300)])(
    'an invalid digest: %s',
    async (digest) => {
      const location = await begin()
      const answer = await send('PUT', `${location}?digest=${encodeURIComponent(digest)}`)
      expect([answer.status, codeOf(answer)]).toEqual([400, 'DIGEST_INVALID'])
    },
  )

  test.each(['Team/x', 'team/UPPER', 'team/x_', 'team/-x', 'team/a..b', `team/${'x'.repeat(256)}`])(
    'an invalid repository name: %s',
    async (name) => {
      const answer = await send('POST', `/v2/${name}/blobs/uploads/`, { headers: { 'Content-Length': 0 } })
      expect([answer.status, codeOf(answer)]).toEqual([400, 'NAME_INVALID'])
    },
  )

  test('an unknown namespace, which pushing never creates', async () => {
    const answer = await send('POST', '/v2/nowhere/x/blobs/uploads/', { headers: { 'Content-Length': 0 } })
    expect([answer.status, codeOf(answer)]).toEqual([404, 'NAME_UNKNOWN'])
    expect(answer.reason).toContain('"nowhere" was not found')
  })

  test('a namespace without a repository', async () => {
    const answer = await send('POST', '/v2/team/blobs/uploads/', { headers: { 'Content-Length': 0 } })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'NAME_INVALID'])
  })

  test.each(['x', '0', '1-', 'bytes=0-9'])('an invalid Content-Range: %s', async (range) => {
    const location = await begin()
    const headers = { 'Content-Range': range, 'Content-Length': 10 }
    expect((await send('PATCH', location, { body: [randomBytes(10)], headers })).status).toBe(400)
  })

  test('a chunk whose length differs from its Content-Range', async () => {
    const location = await begin()
    const answer = await send('PATCH', location, {
      body: [randomBytes(10)],
      headers: { 'Content-Range': '0-99', 'Content-Length': 10 },
    })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SIZE_INVALID'])
  })

  test('a blob in a repository that does not link to it', async () => {
    const bytes = randomBytes(32)
    await send('POST', `${uploads}?digest=${sha256(bytes)}`, { body: [bytes] })
    expect((await send('GET', `/v2/other/conformance/blobs/${sha256(bytes)}`)).status).toBe(404)
    expect((await send('GET', `/v2/team/another/blobs/${sha256(bytes)}`)).status).toBe(404)
  })

  test('methods and paths that the specification does not define', async () => {
    const answer = await send('PATCH', `/v2/${repository}/manifests/latest`)
    expect([answer.status, codeOf(answer)]).toEqual([405, 'UNSUPPORTED'])
    expect((await send('GET', '/v2/_extensions')).status).toBe(404)
  })
})
