import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../chart/testing/make-chart.ts'
import { createInstance } from '../registry/instances/instances.ts'
import { createNamespace } from '../registry/instances/namespaces.ts'
import { ociClient } from './oci/testing/oci-client.ts'
import { everyRoute, parametersOf, pathWith } from './testing/every-route.ts'
import { basic, MEMBER_PASSWORD, openTestApp, type TestApp } from './testing/open-test-app.ts'

/** No API reveals to callers without a grant whether a private namespace or an instance exists. */

type Ask = TestApp['ask']
/** A caller, with headers for the management API and the console, and for the Helm APIs. */
interface Asker {
  readonly management: Ask
  readonly helm: Ask
}

let server: TestApp
let digest: string
let askers: Awaited<ReturnType<typeof makeAskers>>

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.publish('team', { name: 'nginx', version: '1.0.0', metadata: { description: 'of the team' } })
  digest = `sha256:${(await makeChart(CHART)).sha256}`
  askers = await makeAskers()
})
afterEach(() => server.close())

const CHART = { name: 'nginx', version: '1.0.0' }

async function makeAskers() {
  return {
    'an administrator of another namespace': await member('ann', [{ namespace: 'team', role: 'administrator' }]),
    'a member without a grant': await member('bob', []),
    'a robot of another namespace': await robot(),
    'an anonymous caller': { management: server.askAnonymously, helm: server.askAnonymously },
  }
}

async function member(name: string, grants: { namespace: string; role: 'administrator' }[]): Promise<Asker> {
  const management = await server.member(
    name,
    grants.map((grant) => ({ instanceId: server.instance, ...grant })),
  )
  return { management, helm: withBasic(name, MEMBER_PASSWORD) }
}

async function robot(): Promise<Asker> {
  const access = ['pull', 'push'].map((action) => ({ resource: 'repository', action }))
  const body = { name: 'ci', duration: 30, permissions: [{ kind: 'project', namespace: 'team', access }] }
  const { name, secret } = await (await server.ask('POST', `/v1/instances/${server.instance}/robots`, { body })).json()
  return { management: server.askAnonymously, helm: withBasic(name, secret) }
}

const withBasic =
  (name: string, password: string): Ask =>
  (method, path, { body, headers } = {}) =>
    server.askAnonymously(method, path, { body, headers: { Authorization: basic(name, password), ...headers } })

/** Names in the requests: an instance, a namespace of it, and the chart of {@link CHART}. */
interface Named {
  readonly instance: string
  readonly namespace: string
}

/** A request to each route, with names as parameters; for GET also a HEAD. */
function everyRequest(named: Named): { route: string; method: string; path: string }[] {
  return everyRoute(server.app).flatMap(({ method, path }) => {
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method]
    const inOci = [`${named.namespace}/nginx`, `${named.instance}/${named.namespace}/nginx`]
    const names = parametersOf(path).includes('name') ? inOci : ['']
    return methods.flatMap((asked) =>
      names.map((name) => {
        const filled = `${pathWith(path, { ...valuesOf(named), name })}?${queryOf(named)}`
        return { route: `${method} ${path}`, method: asked, path: filled }
      }),
    )
  })
}

const valuesOf = ({ instance, namespace }: Named) => ({
  instanceId: instance,
  projectName: namespace,
  namespace,
  chartName: 'nginx',
  chart: 'nginx',
  chartVersion: '1.0.0',
  kind: 'audit-pruning',
  version: '1.0.0',
  filename: 'nginx-1.0.0.tgz',
  file: 'nginx-1.0.0.tgz',
  digest,
  reference: '1.0.0',
  upload: '0'.repeat(32),
  robotId: '1',
  accountId: 'nobody',
  accessKeyId: '0'.repeat(32),
})

/** Query for all routes: required parameters, and the namespace as a filter where a route has one. */
const queryOf = ({ namespace }: Named) =>
  new URLSearchParams({
    version: '1.0.0',
    name: namespace,
    projectName: namespace,
    repository: namespace,
    query: namespace,
    chart: `${namespace}/nginx`,
    namespace,
    scope: `repository:${namespace}/nginx:pull,push`,
    id: '1',
    userId: 'ann',
    digest,
  })

/** Bodies for the routes, with the namespace where they contain one. */
const bodies = ({ namespace }: Named): Readonly<Record<string, unknown>> => ({
  'PUT /v1/instances/:instanceId': { name: 'other' },
  'PUT /v1/instances/:instanceId/tags': { tags: [] },
  'POST /v1/instances/:instanceId/projects': { projectName: namespace },
  'DELETE /v1/instances/:instanceId/projects': { items: [namespace] },
  'PUT /v1/instances/:instanceId/projects/:namespace': { public: 'true' },
  'DELETE /v1/instances/:instanceId/projects/:namespace/charts': { items: ['nginx'] },
  'DELETE /v1/instances/:instanceId/projects/:namespace/charts/:chart/versions': { items: ['1.0.0'] },
  'PUT /v1/instances/:instanceId/credential': { password: 'Fixedpassword1' },
  'POST /v1/instances/:instanceId/robots': {
    name: 'spy',
    duration: 1,
    permissions: [{ namespace, access: [{ resource: 'repository', action: 'pull' }] }],
  },
  'PUT /v1/instances/:instanceId/robots/:robotId': { disable: true },
  'PUT /v1/instances/:instanceId/robots/:robotId/secret': {},
  'PUT /console/instances/:instanceId/members': { account: 'ann', role: 'guest', namespaces: [namespace] },
  'DELETE /console/instances/:instanceId/members': { items: [{ account: 'ann', namespace }] },
  'PUT /console/instances/:instanceId/domains': { domains: [] },
  'PUT /console/instances/:instanceId/namespaces/:namespace/policy': { immutable: true },
  'DELETE /console/instances/:instanceId/charts': { items: [{ namespace, name: 'nginx' }] },
  'DELETE /console/instances/:instanceId/artifacts': {
    items: [{ namespace, name: 'app', digest: `sha256:${'0'.repeat(64)}` }],
  },
})

/** One ends the session of the other requests, the other returns something new each time. */
const LEFT_OUT = ['DELETE /console/session', 'POST /v1/instances/:instanceId/credential']

interface Observed {
  readonly route: string
  readonly status: number
  /** The whole response, without what differs between any two. */
  readonly text: string
}

/** Responses to a caller, by request. */
async function walk({ management, helm }: Asker, named: Named): Promise<Map<string, Observed>> {
  const observed = new Map<string, Observed>()
  for (const { route, method, path } of everyRequest(named)) {
    if (LEFT_OUT.includes(route)) continue
    const answer = await (isManaging(route) ? management : helm)(method, path, { body: bodies(named)[route] })
    const text = JSON.stringify([answer.status, [...answer.headers], await answer.text()])
    const requestId = answer.headers.get('X-Bce-Request-Id') ?? ''
    observed.set(`${method} ${path}`.replaceAll(named.instance, 'INSTANCE'), {
      route,
      status: answer.status,
      text: text.replaceAll(requestId, 'REQUEST').replaceAll(named.instance, 'INSTANCE'),
    })
  }
  return observed
}

const isManaging = (route: string) => /^\S+ \/(v1|console)\//.test(route)

/** Requests with different responses, and both responses. */
function differing(some: Map<string, Observed>, others: Map<string, Observed>) {
  return [...some].flatMap(([request, { text }]) => {
    const other = others.get(request)?.text
    return text === other ? [] : [{ request, text, other }]
  })
}

/** Creates a private namespace with a chart and an artifact. */
async function makeSecret(instance: string): Promise<void> {
  await createNamespace(server.registry, { ...server.call, instance }, { name: 'secret', public: false })
  const oci = ociClient(server)
  await oci.pushChart(`${instance}/secret`, CHART)
  const config = await oci.pushBlob(`${instance}/secret/app`, '{}')
  await oci.putManifest(`${instance}/secret/app`, 'v1', { schemaVersion: 2, config, layers: [] })
}

describe.each([
  'an administrator of another namespace',
  'a member without a grant',
  'a robot of another namespace',
  'an anonymous caller',
] as const)('%s', (who) => {
  test('gets the same responses before and after a private namespace is created', async () => {
    const named = { instance: server.instance, namespace: 'secret' }
    const before = await walk(askers[who], named)
    await makeSecret(server.instance)
    expect(differing(await walk(askers[who], named), before)).toEqual([])
  })

  test('gets the same responses for an existing and a missing instance', async () => {
    const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    await makeSecret(id)
    const there = await walk(askers[who], { instance: id, namespace: 'secret' })
    const missing = await walk(askers[who], { instance: 'ccr-00000000', namespace: 'secret' })
    expect(differing(there, missing)).toEqual([])
  })
})

test('no request is refused as malformed, so that each reaches the lookup', async () => {
  await makeSecret(server.instance)
  const named = { instance: server.instance, namespace: 'secret' }
  const observed = [...(await walk(askers['an administrator of another namespace'], named)).values()]
  const statuses = (isIt: (route: string) => boolean) =>
    new Set(observed.filter(({ route }) => isIt(route)).map(({ status }) => status))
  const isNaming = (route: string) => /:(projectName|namespace|name)\b/.test(route)
  expect(statuses((route) => isManaging(route) && isNaming(route))).toEqual(new Set([404]))
  expect(statuses((route) => !isManaging(route) && isNaming(route))).toEqual(new Set([403]))
  const malformed = observed.filter(({ route, status }) => route.includes(':instanceId') && status === 400)
  expect(malformed).toEqual([])
  expect(Object.keys(bodies(named)).filter((route) => !observed.some((one) => one.route === route))).toEqual([])
})

test('a blob of a private namespace cannot be mounted without the right to read it, even with its digest', async () => {
  const { helm } = askers['an administrator of another namespace']
  const mount = async () => {
    const answer = await helm('POST', `/v2/team/app/blobs/uploads/?mount=${digest}&from=secret/nginx`)
    return [answer.status, [...answer.headers.keys()]]
  }
  const before = await mount()
  await makeSecret(server.instance)
  expect(await mount()).toEqual(before)
  expect(before[0]).toBe(202)
})
