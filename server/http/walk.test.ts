import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { basic, openTestApp, type TestApp } from './testing/open-test-app.ts'
import { writeRoutes } from './testing/write-routes.ts'

/** What must hold of every route that may change something, whatever it does. */

const LIMIT = 1024 * 1024
/** Read beyond a limit until it is noticed: what streams hold in between, and the frame of a form. */
const SLACK = 512 * 1024

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ maxUploadBytes: LIMIT, maxBlobBytes: LIMIT })
  await server.namespace('team')
})
afterEach(() => server.close())

/** The path of a route, with what is there where it asks for that. */
function pathOf(route: string): string {
  return route
    .replace(/^[A-Z]+ /, '')
    .replaceAll(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '')
    .replace(/:name(?![a-z])/, 'team/nginx')
    .replace(':instanceId', server.instance)
    .replace(/:(projectName|namespace)/, 'team')
    .replaceAll(/:[a-zA-Z]+\??/g, 'nothing-1.0.0.tgz')
}

function ask(route: string, headers: Record<string, string>, body?: ReadableStream<Uint8Array>) {
  const method = route.replace(/ .*/, '')
  const init = { method, headers: { Cookie: server.cookie, Authorization: basic(), ...headers } }
  return server.app.request(pathOf(route), body ? ({ ...init, body, duplex: 'half' } as RequestInit) : init)
}

describe('a page of another site changes nothing by', () => {
  test('any route, with whatever the browser knows', async () => {
    const routes = writeRoutes(server.app, /^\//)
    expect(routes.length).toBeGreaterThan(50)
    for (const route of routes) {
      const headers = { Origin: 'https://evil.example.org', 'Sec-Fetch-Site': 'cross-site' }
      const { status } = await ask(route, headers)
      expect([route, status]).toEqual([route, 403])
    }
    const events = await server.registry.database.read.selectFrom('audit_events').select('reason').execute()
    expect(new Set(events.map(({ reason }) => reason))).toEqual(new Set([null, 'origin-refused']))
  })
})

describe('a body without an end', () => {
  const TYPES = ['application/json', 'multipart/form-data; boundary=b', 'application/octet-stream']

  test('is refused by every route, or left unread, and nothing is kept of it', async () => {
    // Signing out is the last: the cookie ends with it.
    const routes = writeRoutes(server.app, /^\//).filter((route) => route !== 'DELETE /console/session')
    for (const route of routes) {
      for (const type of TYPES) {
        let sent = 0
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            const start = sent === 0 && type.startsWith('multipart')
            const piece = start ? PART : PIECE
            sent += piece.length
            controller.enqueue(piece)
          },
        })
        const { status } = await ask(route, { 'Content-Type': type, 'X-Requested-With': 'chartroom' }, body)
        expect([route, type, status < 500, sent < MOST]).toEqual([route, type, true, true])
      }
    }
    expect(server.logged).toEqual([])
  })

  const MOST = 4 * LIMIT + SLACK
  const PIECE = Buffer.alloc(32 * 1024, ' ')
  const PART = Buffer.from('--b\r\nContent-Disposition: form-data; name="chart"; filename="a.tgz"\r\n\r\n')
})

describe('a body that does not come', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  test.each([
    ['POST', '/console/session', 'application/json'],
    ['POST', '/service/token', 'application/x-www-form-urlencoded'],
    ['PUT', '/v2/team/nginx/manifests/1.0.0', 'application/vnd.oci.image.manifest.v1+json'],
  ])('is waited for only so long by %s %s', async (method, path, type) => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Buffer.from('{')) })
    const answer = ask(`${method} ${path}`, { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' }, body)
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(60_000)
      expect((await Promise.race([answer, null]))?.status).toBe(408)
    })
  })
})
