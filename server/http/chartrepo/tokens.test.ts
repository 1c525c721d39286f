import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
  for (const namespace of ['team', 'other']) {
    await server.namespace(namespace)
    await server.publish(namespace, { name: 'nginx', version: '1.0.0' })
  }
})
afterEach(() => server.close())

/** Sends a request with a token issued for this scope. */
async function askWith(scope: string, method: string, path: string, body?: Uint8Array): Promise<Response> {
  const { token } = await (await server.askAsHelm('GET', `/service/token?service=chartroom&scope=${scope}`)).json()
  return server.askAnonymously(method, path, { body, headers: { Authorization: `Bearer ${token}` } })
}

const INDEX = '/chartrepo/team/index.yaml'

test('a token issued for the scope in the challenge grants access', async () => {
  const challenge = (await server.askAnonymously('GET', INDEX)).headers.get('www-authenticate') ?? ''
  const scope = /scope="([^"]+)"/.exec(challenge)?.[1] ?? ''
  expect(scope).toBe('repository:team:pull')
  expect((await askWith(scope, 'GET', INDEX)).status).toBe(200)
  expect((await askWith(scope, 'GET', '/chartrepo/team/charts/nginx-1.0.0.tgz')).status).toBe(200)
})

test('a token grants no more than its scope', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '2.0.0' })
  for (const [method, path, body] of [
    ['GET', '/chartrepo/other/index.yaml'],
    ['GET', '/chartrepo/index.yaml'],
    ['POST', '/api/chartrepo/team/charts', bytes],
    ['DELETE', '/api/chartrepo/team/charts/nginx'],
    ['GET', `/${server.instance}/chartrepo/team/index.yaml`],
  ] as const) {
    expect((await askWith('repository:team:pull', method, path, body)).status, `${method} ${path}`).toBe(401)
  }
  expect((await askWith('repository:team/nginx:pull', 'GET', INDEX)).status).toBe(401)
})

test('helm cm-push --access-token pushes with a token whose scope includes push', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '2.0.0' })
  const answer = await askWith('repository:team:pull,push', 'POST', '/api/chartrepo/team/charts', bytes)
  expect(answer.status).toBe(201)
})

test('the challenge for an instance in the path has the instance ID in its scope', async () => {
  const path = `/api/${server.instance}/chartrepo/team/charts/nginx`
  const challenge = (await server.askAnonymously('DELETE', path)).headers.get('www-authenticate')
  expect(challenge).toContain(`scope="repository:${server.instance}/team:delete"`)
  expect((await askWith(`repository:${server.instance}/team:delete`, 'DELETE', path)).status).toBe(200)
})
