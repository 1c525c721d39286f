import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyRoute, parametersOf, pathWith } from '../testing/every-route.ts'
import { basic, MEMBER_PASSWORD, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/**
 * Nobody learns by any route whether a private namespace, or an instance, is there that they may not read: the answers
 * about one that is there and one that is not are the same. A new route is walked by itself.
 */

let server: TestApp
let digest: string
let second: string
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  // As long as the name of what is not there, so that lengths are the same too.
  await server.namespace('secret')
  await server.publish('secret', { name: 'nginx', version: '1.0.0' })
  const head = await server.askAsHelm('HEAD', '/v2/secret/nginx/manifests/1.0.0')
  digest = head.headers.get('docker-content-digest') ?? ''
  second = (await (await server.ask('POST', '/v1/instances', { body: { name: 'second', type: 'BASIC' } })).json())
    .instanceID
})
afterEach(() => server.close())

const THERE = 'secret'
const MISSING = 'absent'
const NO_INSTANCE = 'ccr-00000000'

/** What passes the schema of the routes that have one, so that it is access that they are refused for. */
const BODIES: readonly (readonly [route: RegExp, body: unknown])[] = [
  [/^PUT .*\/policy$/, { immutable: true }],
  [/^PUT .*\/projects\/:projectName$/, { public: 'true' }],
  [/^POST .*\/projects$/, { projectName: 'third', public: 'false' }],
  [/^DELETE .*\/(projects|versions)$/, { items: ['x'] }],
  [/^DELETE .*\/projects\/:projectName\/charts$/, { items: ['x'] }],
  [/^DELETE \/console\/.*\/charts$/, { items: [{ namespace: 'x', name: 'x' }] }],
  [/^DELETE \/console\/.*\/artifacts$/, { items: [{ namespace: 'x', name: 'x', digest: `sha256:${'0'.repeat(64)}` }] }],
]

const valuesOf = (instanceId: string, namespace: string) => ({
  instanceId,
  projectName: namespace,
  namespace,
  name: `${namespace}/nginx`,
  chartName: 'nginx',
  chart: 'nginx',
  chartVersion: '1.0.0',
  version: '1.0.0',
  filename: 'nginx-1.0.0.tgz',
  file: 'nginx-1.0.0.tgz',
  digest,
  reference: '1.0.0',
  upload: '0',
  robotId: '0',
})

type Ask = (method: string, path: string, body: unknown) => Promise<Response>

/** A query that the routes that must have one take. */
const QUERY = '?version=1.0.0'

/** All that an answer tells, but for what differs each time, and the names that were asked for. */
async function told(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => name !== 'x-bce-request-id')
  const text = JSON.stringify([answer.status, answer.statusText, headers, await answer.text()])
  return text
    .replaceAll(/"requestId\\":\\"[^"]*"/g, '')
    .replaceAll(MISSING, THERE)
    .replaceAll(NO_INSTANCE, second)
}

/** Asks every route with one of `parameters` about what is there and what is not; answers with the statuses. */
async function compare(parameters: readonly string[], ask: Ask, paths: (path: string) => readonly [string, string]) {
  const statuses: number[] = []
  for (const { method, path } of everyRoute(server.app)) {
    if (!parametersOf(path).some((name) => parameters.includes(name))) continue
    const route = `${method} ${path}`
    const body = BODIES.find(([routes]) => routes.test(route))?.[1]
    const [there, missing] = paths(path)
    const answers = [await ask(method, there + QUERY, body), await ask(method, missing + QUERY, body)] as const
    expect(await told(answers[0].clone()), route).toBe(await told(answers[1]))
    statuses.push(answers[0].status)
  }
  return statuses
}

const NAMESPACED = ['projectName', 'namespace', 'name']
const byNamespace = (path: string) =>
  [pathWith(path, valuesOf(server.instance, THERE)), pathWith(path, valuesOf(server.instance, MISSING))] as const

test('a member without a grant, by their session', async () => {
  const ask = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'administrator' }])
  const asked: Ask = (method, path, body) => ask(method, path, { body })
  const statuses = await compare(NAMESPACED, asked, byNamespace)
  // At /v1 and /console they are told that it is not there; a session opens no Helm door.
  expect(new Set(statuses)).toEqual(new Set([404, 401]))
})

test('a member without a grant, at the Helm doors', async () => {
  await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'administrator' }])
  const headers = { Authorization: basic('ann', MEMBER_PASSWORD) }
  const ask: Ask = (method, path, body) => server.askAnonymously(method, path, { headers, body })
  const statuses = await compare(['namespace', 'name'], ask, byNamespace)
  expect(new Set(statuses)).toEqual(new Set([403]))
})

test('anybody', async () => {
  const ask: Ask = (method, path, body) => server.askAnonymously(method, path, { body })
  const statuses = await compare(NAMESPACED, ask, byNamespace)
  // The management API asks for a signature with a 400.
  expect(new Set(statuses)).toEqual(new Set([400, 401]))
})

test('a member of another instance, of an instance', async () => {
  const ask = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'administrator' }])
  const asked: Ask = (method, path, body) => ask(method, path, { body })
  const paths = (path: string) =>
    [pathWith(path, valuesOf(second, 'team')), pathWith(path, valuesOf(NO_INSTANCE, 'team'))] as const
  const statuses = await compare(['instanceId'], asked, paths)
  expect(statuses.filter((status) => status === 404).length).toBeGreaterThan(25)
})

test('nor by making one, mounting a blob of one, or asking for a token for one', async () => {
  const ask = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'administrator' }])
  const made = (projectName: string) =>
    ask('POST', `/v1/instances/${server.instance}/projects`, { body: { projectName, public: 'false' } })
  expect(await told(await made(THERE))).toBe(await told(await made(MISSING)))

  const headers = { Authorization: basic('ann', MEMBER_PASSWORD) }
  const mounted = async (from: string) => {
    const path = `/v2/team/app/blobs/uploads/?mount=${digest}&from=${from}/nginx`
    return (await server.askAnonymously('POST', path, { headers })).status
  }
  expect([await mounted(THERE), await mounted(MISSING)]).toEqual([202, 202])
  const scope = async (namespace: string) => {
    const path = `/service/token?service=chartroom&scope=repository:${namespace}/nginx:pull`
    return (await (await server.askAnonymously('GET', path, { headers })).json()).scope
  }
  expect([await scope(THERE), await scope(MISSING)]).toEqual(['', ''])
})
