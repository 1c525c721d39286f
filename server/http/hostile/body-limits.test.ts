import { afterEach, beforeEach, expect, test } from 'vitest'
import { isUnsafe } from '../authentication/origin.ts'
import { everyRoute, pathWith } from '../testing/every-route.ts'
import { MULTIPART } from '../testing/multipart.ts'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** An endless body to every route that accepts one: reading must stop. New routes are included automatically. */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ maxUploadBytes: 64 * 1024, maxBlobBytes: 64 * 1024 })
  await server.namespace('team')
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
})
afterEach(() => server.close())

const MEBIBYTE = 1024 * 1024
/** A form is read up to the sum of the limits of the archive, the provenance file and unknown parts. */
const MOST = 8 * MEBIBYTE

/** The same bytes repeatedly, up to a limit that only a failing test reaches. */
function endless(piece: string): { readonly body: ReadableStream<Uint8Array>; read(): number } {
  const chunk = new TextEncoder().encode(piece.repeat(Math.ceil((64 * 1024) / piece.length)))
  let size = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      size += chunk.length
      if (size > 4 * MOST) controller.error(new Error('Nobody stopped.'))
      else controller.enqueue(chunk)
    },
  })
  return { body, read: () => size }
}

const DIGEST = `sha256:${'0'.repeat(64)}`
const BODIES: readonly (readonly [type: string, piece: string])[] = [
  ['application/json', ' '],
  ['application/octet-stream', 'x'],
  [MULTIPART, 'no boundary '],
  ['application/x-www-form-urlencoded', 'scope=x&'],
]

test('is read up to the limit of the route, and gets a response', async () => {
  const upload = await server.askAsHelm('POST', '/v2/team/app/blobs/uploads/')
  const values = {
    instanceId: server.instance,
    projectName: 'team',
    namespace: 'team',
    name: 'team/app',
    chartName: 'nginx',
    chart: 'nginx',
    chartVersion: '9.0.0',
    kind: 'audit-pruning',
    version: '9.0.0',
    digest: DIGEST,
    reference: 'v1',
    upload: upload.headers.get('location')?.split('/').pop() ?? '',
    robotId: '0',
    accessKeyId: '0',
    accountId: '0',
  }
  const walked: string[] = []
  for (const { method, path } of everyRoute(server.app).filter((route) => isUnsafe(route.method))) {
    for (const [type, piece] of BODIES) {
      const { body, read } = endless(piece)
      const headers = { 'Content-Type': type, Cookie: server.cookie, 'X-Requested-With': 'chartroom' }
      const url = `${pathWith(path, values)}?digest=${DIGEST}`
      // The Helm APIs do not accept the session, but a name and password.
      const credential = /^\/(v1|console)\//.test(path) ? headers : { ...headers, Authorization: basic() }
      // Streaming bodies need `duplex`, which the type lacks.
      const init = { method, headers: credential, body, duplex: 'half' }
      const request = new Request(`http://localhost${url}`, init)
      const answer = await server.app.request(request)
      const route = `${method} ${path} with ${type}`
      expect(answer.status, route).toBeLessThan(500)
      expect(read(), route).toBeLessThan(MOST)
      walked.push(route)
    }
  }
  expect(walked.length).toBeGreaterThan(150)
  expect(server.logged).toEqual([])
})
