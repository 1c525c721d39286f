import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

test.each([
  ['POST', '/console/session', 'application/json'],
  ['POST', '/service/token', 'application/x-www-form-urlencoded'],
  ['PUT', '/v2/team/nginx/manifests/1.0.0', 'application/vnd.oci.image.manifest.v1+json'],
])('a body that does not come is waited for a minute by %s %s', async (method, path, type) => {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Buffer.from('{')) })
  const headers = { Authorization: basic(), 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' }
  // Streaming bodies need `duplex`, which the type lacks.
  const init = { method, headers, body, duplex: 'half' }
  const answer = server.app.request(new Request(`http://localhost${path}`, init))
  let status = 0
  void Promise.resolve(answer).then((response) => {
    status = response.status
  })
  // The request sets its timer at some point after this.
  while (status === 0) await vi.advanceTimersByTimeAsync(60_000)
  expect(status).toBe(408)
})
