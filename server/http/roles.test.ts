import { afterEach, beforeEach, expect, test } from 'vitest'
import { GRANT_ROLES, type Grant, type GrantPlace, grantsAllow } from '../../contract/domain/roles.ts'
import { RegistryError, type RegistryErrorCode } from '../registry/core/registry-error.ts'
import { errorMessage } from '../registry/messages/error-message.ts'
import { everyRoute, parametersOf, pathWith } from './testing/every-route.ts'
import { basic, MEMBER_PASSWORD, openTestApp, type TestApp } from './testing/open-test-app.ts'
import { ROUTES, rowOf } from './testing/what-routes-need.ts'

/**
 * Calls every route of every API with every role, and compares the outcome with the table of roles
 * (contract/domain/roles.ts) and the needs of the route (testing/what-routes-need.ts). A route without a row there fails.
 */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  for (const name of ['team', 'other']) await server.namespace(name)
  // Without a public namespace, the merged index is a 401 for anonymous callers.
  await server.namespace('open', { public: true })
  // One to delete, and one that keeps the namespace from being empty.
  for (const name of ['nginx', 'kept']) await server.publish('team', { name, version: '1.0.0' })
})
afterEach(() => server.close())

/** A caller. */
interface Somebody {
  /** Headers for the console and the management API; none if anonymous. */
  readonly ask: TestApp['ask']
  readonly hasSession: boolean
  /** Authorization for the Helm APIs. */
  readonly basic: string | null
  /** Null for an administrator of the registry. */
  readonly grants: readonly Grant[] | null
}

const nobody = (): Somebody => ({ ask: server.askAnonymously, hasSession: false, basic: null, grants: [] })

const administrator = (): Somebody => ({ ask: server.ask, hasSession: true, basic: basic(), grants: null })

async function member(...given: readonly Omit<Grant, 'instanceId'>[]): Promise<Somebody> {
  const grants = given.map((grant) => ({ instanceId: server.instance, ...grant }))
  return { ask: await server.member('ann', grants), hasSession: true, basic: basic('ann', MEMBER_PASSWORD), grants }
}

async function pullingRobot(): Promise<Somebody> {
  const access = [{ resource: 'repository', action: 'pull' }]
  const permissions = [{ kind: 'project', namespace: 'team', access }]
  const body = { name: 'ci', duration: 30, permissions }
  const { name, secret } = await (await server.ask('POST', `/v1/instances/${server.instance}/robots`, { body })).json()
  const grants = [{ instanceId: server.instance, namespace: 'team', role: 'guest' }] as const
  return { ask: server.askAnonymously, hasSession: false, basic: basic(name, secret), grants }
}

/** Outcome of authorization of a request. Any other error means that the caller was authorized. */
type Outcome = 'let' | 'asked who they are' | 'told it is not there' | 'refused'

const SAID: readonly (readonly [RegistryErrorCode, Outcome])[] = [
  ['session-missing', 'asked who they are'],
  ['signature-missing', 'asked who they are'],
  ['authorization-malformed', 'asked who they are'],
  ['credential-missing', 'asked who they are'],
  ['instance-missing', 'told it is not there'],
  ['namespace-missing', 'told it is not there'],
  ['not-allowed', 'refused'],
  ['registry-administrators-only', 'refused'],
]

async function outcomeOf(answer: Response): Promise<Outcome> {
  const text = await answer.text()
  const params = { instance: server.instance, namespace: 'team' }
  const said = SAID.find(([code]) => text.includes(errorMessage(new RegistryError(code, params), 'en-US')))
  return said?.[1] ?? 'let'
}

const isDoor = (path: string) => !/^\/(v1|console|healthz|readyz)/.test(path)

/** Expected outcome, by the table of roles. */
function expected(somebody: Somebody, route: string, path: string, at: GrantPlace | null): Outcome {
  const { needs, challenges } = rowOf(route)
  const { grants } = somebody
  const isUnknown = isDoor(path) ? somebody.basic === null : !somebody.hasSession
  if (needs === 'nothing') return challenges && isUnknown ? 'asked who they are' : 'let'
  if (isUnknown) return 'asked who they are'
  if (needs === 'session' || grants === null) return 'let'
  if (at === null) return 'refused'
  if (grantsAllow(grants, needs, at)) return 'let'
  return isDoor(path) || grantsAllow(grants, 'read', at) ? 'refused' : 'told it is not there'
}

/** Subject of a route: a namespace, the instance, or neither for the registry itself. */
function placeOf(route: string, path: string): GrantPlace | null {
  const names = parametersOf(path)
  const at = { instanceId: server.instance }
  const isInNamespace = names.some((name) => ['projectName', 'namespace', 'name'].includes(name))
  if (isInNamespace || rowOf(route).namespaceInBody) return { ...at, namespace: 'team' }
  return names.includes('instanceId') || isDoor(path) ? at : null
}

const values = () => ({
  instanceId: server.instance,
  projectName: 'team',
  namespace: 'team',
  name: 'team/nginx',
  chartName: 'nginx',
  chart: 'nginx',
  chartVersion: '1.0.0',
  kind: 'audit-pruning',
  version: '1.0.0',
  filename: 'nginx-1.0.0.tgz',
  file: 'nginx-1.0.0.tgz',
  digest: `sha256:${'0'.repeat(64)}`,
  reference: '1.0.0',
  upload: '0',
  robotId: '0',
  accessKeyId: '0',
  accountId: '0',
})

/** Queries of the routes that require one. */
const QUERY = '?version=1.0.0&userId=admin&name=team&chart=team/nginx&id=0'

async function walk(somebody: Somebody): Promise<void> {
  const outcomes: Record<string, Outcome> = {}
  const wanted: Record<string, Outcome> = {}
  const isLast = (route: string) => Number(route === 'DELETE /console/session')
  const routes = everyRoute(server.app).map(({ method, path }) => ({ method, path, route: `${method} ${path}` }))
  for (const { method, path, route } of routes.sort((a, b) => isLast(a.route) - isLast(b.route))) {
    const headers = somebody.basic !== null && isDoor(path) ? { Authorization: somebody.basic } : {}
    const ask = isDoor(path) ? server.askAnonymously : somebody.ask
    const answer = await ask(method, pathWith(path, values()) + QUERY, { headers, body: rowOf(route).body })
    outcomes[route] = await outcomeOf(answer)
    wanted[route] = expected(somebody, route, path, placeOf(route, path))
  }
  expect(outcomes).toEqual(wanted)
}

test('every route has a row with its needs, and every row a route', () => {
  const mounted = everyRoute(server.app).map(({ method, path }) => `${method} ${path}`)
  expect([...new Set(mounted.map(rowOf))]).toHaveLength(Object.keys(ROUTES).length)
})

test('anonymous', () => walk(nobody()))

test.each(GRANT_ROLES)('%s of a namespace', async (role) => walk(await member({ namespace: 'team', role })))

test.each(GRANT_ROLES)('%s of an instance', async (role) => walk(await member({ namespace: null, role })))

test('administrator of another namespace', async () =>
  walk(await member({ namespace: 'other', role: 'administrator' })))

test('member without grants', async () => walk(await member()))

test('robot with the right to pull', async () => walk(await pullingRobot()))

test('administrator of the registry', () => walk(administrator()))
