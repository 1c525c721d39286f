import { afterEach, beforeEach, expect, test } from 'vitest'
import { isUnsafe } from '../authentication/origin.ts'
import { everyRoute, type MountedRoute, pathWith } from '../testing/every-route.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Requests that a page of another site makes a browser send, with the cookie or password of this server. */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const values = () => ({
  instanceId: server.instance,
  projectName: 'team',
  namespace: 'team',
  name: 'team/app',
  chartName: 'nginx',
  chart: 'nginx',
  chartVersion: '1.0.0',
  kind: 'audit-pruning',
  version: '1.0.0',
  digest: `sha256:${'0'.repeat(64)}`,
  reference: 'v1',
  upload: '0',
  robotId: '0',
  accessKeyId: '0',
  accountId: '0',
})

const writes = (): MountedRoute[] => everyRoute(server.app).filter(({ method }) => isUnsafe(method))

const ask = ({ method, path }: MountedRoute, headers: Record<string, string>) =>
  server.app.request(pathWith(path, values()), { method, headers })

test('every route that may change something refuses them, whatever the user agent', async () => {
  let refused = 0
  for (const route of writes()) {
    for (const foreign of [
      { Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null' },
    ]) {
      const answer = await ask(route, { Cookie: server.cookie, 'X-Requested-With': 'chartroom', ...foreign })
      expect(answer.status, `${route.method} ${route.path} ${JSON.stringify(foreign)}`).toBe(403)
      refused += 1
    }
  }
  expect(refused).toBeGreaterThan(100)
})

test('a cookie without an origin changes nothing, except sign-in and sign-out', async () => {
  for (const route of writes().filter(({ path }) => /^\/(v1|console)\/(?!session$)/.test(path))) {
    const answer = await ask(route, { Cookie: server.cookie })
    expect(answer.status, `${route.method} ${route.path}`).toBe(403)
  }
})
