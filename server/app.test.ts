import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Endpoint } from '../contract/endpoint.ts'
import { type ListeningApp, openListeningApp } from './http/testing/listening-app.ts'
import { refusalOf } from './http/testing/open-test-app.ts'

let server: ListeningApp
beforeEach(async () => {
  server = await openListeningApp()
})
afterEach(() => server.close())

const modules = import.meta.glob<Record<string, unknown>>('../contract/{ccr,console}/*.ts', { eager: true })
const tables = Object.values(modules).flatMap((module) => Object.values(module))
const endpoints = tables.flatMap((table) => Object.values(table ?? {}).filter(isEndpoint))

test('every endpoint of the contract is mounted with its method and path', () => {
  expect(endpoints.length).toBeGreaterThan(70)
  const mounted = new Set(server.app.routes.map(({ method, path }) => `${method} ${path}`))
  expect(endpoints.map(({ method, path }) => `${method} ${path}`).filter((row) => !mounted.has(row))).toEqual([])
})

test('an endpoint with an instance or a namespace in its path is about it', () => {
  for (const { about, method, path } of endpoints) {
    const subject = path.includes('/:namespace') ? 'namespace' : path.includes('/:instanceId') ? 'instance' : 'registry'
    expect([method, path, typeof about === 'object' ? 'instance' : about]).toEqual([method, path, subject])
  }
})

describe('every response has its own request ID and security headers, with and without a listener', () => {
  test.each([
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/v1/instances', 200],
    ['GET', '/v1', 404],
    ['GET', '/v1/nothing', 404],
    ['GET', '/console/nothing', 404],
    ['GET', '/chartrepo/team/index.yaml', 401],
    ['GET', '/chartrepo/nothing', 404],
    ['GET', '/ccr-00000000/chartrepo/nothing', 404],
    ['GET', '/api/chartrepo/nothing', 404],
    ['POST', '/v2/', 405],
    ['PATCH', '/v1/instances', 405],
    ['DELETE', '/healthz', 405],
    ['POST', '/', 404],
    ['GET', '/anything', 404],
    ['GET', '/v1/instances/%ff', 400],
    ['OPTIONS', '/v1/instances', 405],
    ['HEAD', '/v1/instances', 200],
  ])('%s %s', async (method, path, status) => {
    const headers = { cookie: server.cookie, 'X-Requested-With': 'chartroom' }
    const ids: unknown[] = []
    for (const ask of [server.ask, server.send]) {
      const answer = await ask(method, path, { headers })
      const said = answer.headers instanceof Headers ? Object.fromEntries(answer.headers) : answer.headers
      expect(answer.status).toBe(status)
      expect(said['x-bce-request-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(said['content-security-policy']).toContain("default-src 'none'")
      expect(said['x-content-type-options']).toBe('nosniff')
      expect(said['x-bce-gateway-region']).toBe(/^\/v1(\/|$)/.test(path) ? 'BJ' : undefined)
      ids.push(said['x-bce-request-id'])
    }
    expect(ids[0]).not.toBe(ids[1])
  })
})

describe('error responses', () => {
  test('an unknown path returns 404 with JSON that contains it', async () => {
    const refusal = await refusalOf(await server.ask('GET', '/v1/nothing'))
    expect(refusal).toMatchObject({ status: 404, code: 'NotFound' })
    expect(refusal.message).toContain('/v1/nothing')
  })

  test('a known path with another method returns 405 with the allowed methods', async () => {
    const answer = await server.ask('PUT', `/v1/instances/${server.instance}/projects/team/charts/nginx/versions`)
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD')
    expect(await refusalOf(answer)).toMatchObject({ status: 405, code: 'MethodNotAllowed' })
  })

  test.each(['%', '%zz', '%ff', '%E6%B5'])('a path with %s returns 400', async (segment) => {
    const answer = await server.ask('GET', `/v1/instances/${segment}`)
    expect(await refusalOf(answer)).toMatchObject({ status: 400, code: 'BadRequest' })
  })

  test('an internal error returns no details and is logged once with the request ID', async () => {
    const broken = '{ a text that is no JSON'
    await server.registry.database.write((transaction) =>
      transaction.updateTable('instances').set({ tags_json: broken }).execute(),
    )
    const answer = await server.ask('GET', '/v1/instances')
    expect(answer.headers.get('content-length')).not.toBe('0')
    const refusal = await refusalOf(answer.clone())
    expect(refusal).toMatchObject({ status: 500, code: 'Internal server error' })
    expect(refusal.message).not.toContain('JSON')
    expect(server.logged).toMatchObject([{ requestId: answer.headers.get('x-bce-request-id'), level: 50 }])
  })
})

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'needs' in value
}
