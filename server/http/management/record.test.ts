import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { writeRoutes } from '../testing/every-route.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Audit events of the management API. The last test fails for a write route that no test here calls. */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

const walked: string[] = []
const INSTANCE = '/v1/instances/:instanceId'

/** Sends a request to a route, which must succeed; returns the events that it recorded. */
async function walk(method: string, route: string, params: readonly string[] = [], body?: unknown, headers = {}) {
  walked.push(`${method} ${route}`)
  const [instance, ...others] = [server.instance, ...params]
  const path = [instance, ...others].reduce<string>((text, value) => text.replace(/:[a-zA-Z]+/, value ?? ''), route)
  return recordedBy(server, async () => {
    const answer = await server.ask(method, path, { body, headers })
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
  })
}

test('an event records actor, action, subject, time, address, protocol and client', async () => {
  const body = { projectName: 'new', public: 'true' }
  const [event] = await walk('POST', `${INSTANCE}/projects`, [], body, { 'User-Agent': 'sdk/1.0 '.repeat(100) })
  expect(event).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    at: server.registry.now(),
    action: 'namespace.create',
    outcome: 'done',
    actor_kind: 'account',
    actor: 'admin',
    credential: 'session',
    address: 'unknown',
    protocol: 'management',
    client: 'sdk/1.0 '.repeat(25),
    instance_id: server.instance,
    namespace: 'new',
    subject: 'public=true',
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('instances: create, rename, tag', async () => {
  const made = await walk('POST', '/v1/instances', [], { name: 'second', type: 'BASIC' })
  expect(made).toMatchObject([
    { action: 'instance.create', subject: 'second', instance_id: expect.stringMatching(/^ccr-/) },
  ])
  const named = await walk('PUT', INSTANCE, [], { name: 'other' })
  expect(named).toMatchObject([{ action: 'instance.rename', subject: 'other', instance_id: server.instance }])
  const tags = [{ tagKey: 'team', tagValue: 'web' }]
  expect(await walk('PUT', `${INSTANCE}/tags`, [], { tags })).toMatchObject([
    { action: 'instance.tag', subject: 'team=web', instance_id: server.instance },
  ])
  expect(await walk('PUT', `${INSTANCE}/tags`, [], { tags })).toEqual([])
})

test('namespaces: one event per change or deletion, none if nothing changes', async () => {
  const change = { public: 'true', autoScan: 'true' }
  const changed = await walk('PUT', `${INSTANCE}/projects/:namespace`, ['team'], change)
  expect(changed).toMatchObject([
    { action: 'namespace.change', namespace: 'team', subject: 'public=true, autoScan=true' },
  ])
  expect(await walk('PUT', `${INSTANCE}/projects/:namespace`, ['team'], change)).toEqual([])
  const gone = await walk('DELETE', `${INSTANCE}/projects/:namespace`, ['team'])
  expect(gone).toMatchObject([{ action: 'namespace.delete', namespace: 'team' }])
  for (const name of ['a', 'b']) await server.namespace(name)
  const both = await walk('DELETE', `${INSTANCE}/projects`, [], { items: ['b', 'never-there', 'a'] })
  expect(both).toMatchObject([{ namespace: 'a' }, { namespace: 'b' }])
})

test('charts: publish, replace, sign; no event if nothing changes', async () => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  const other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
  const upload = ({ bytes, fileName }: typeof chart, provenance?: string) => {
    const form = new FormData()
    form.append('chart', new File([new Uint8Array(bytes)], fileName))
    if (provenance !== undefined) form.append('prov', new File([provenance], `${fileName}.prov`))
    return walk('POST', `${INSTANCE}/projects/:namespace/charts`, ['team'], form)
  }
  const about = { namespace: 'team', chart: 'nginx', version: '1.0.0' }
  const [before, after] = [`sha256:${chart.sha256}`, `sha256:${other.sha256}`]
  const [first] = await upload(chart)
  expect(first).toMatchObject({ action: 'chart.publish', ...about, digest_after: before })
  expect(first).not.toHaveProperty('digest_before')
  expect(await upload(chart)).toEqual([])
  const replaced = await upload(other)
  expect(replaced).toMatchObject([{ action: 'chart.publish', ...about, digest_before: before, digest_after: after }])
  const signed = await upload(other, makeProvenance(other))
  expect(signed).toMatchObject([
    { action: 'provenance.add', ...about, digest_after: expect.stringMatching(/^sha256:/) },
  ])
  expect(await upload(other, makeProvenance(other))).toEqual([])
})

test('charts and versions: one event with the digest per deleted version', async () => {
  const publish = async (name: string, versions: readonly string[]) => {
    for (const version of versions) await server.publish('team', { name, version })
  }
  await publish('a', ['1.0.0', '1.1.0', '1.2.0', '1.3.0'])
  await publish('b', ['1.0.0'])
  const charts = `${INSTANCE}/projects/:namespace/charts`
  const one = await walk('DELETE', `${charts}/:chart/versions/:version`, ['team', 'a', '1.0.0'])
  const about = {
    action: 'chart.delete',
    namespace: 'team',
    chart: 'a',
    digest_before: expect.stringMatching(/^sha256:/),
  }
  expect(one).toMatchObject([{ ...about, version: '1.0.0' }])
  const two = await walk('DELETE', `${charts}/:chart/versions`, ['team', 'a'], {
    items: ['1.1.0', '9.9.9', '1.2.0'],
  })
  expect(two.map(({ version }) => version).sort()).toEqual(['1.1.0', '1.2.0'])
  expect(await walk('DELETE', `${charts}/:chart`, ['team', 'a'])).toMatchObject([{ ...about, version: '1.3.0' }])
  const rest = await walk('DELETE', charts, ['team'], { items: ['a', 'b'] })
  expect(rest).toMatchObject([{ action: 'chart.delete', chart: 'b', version: '1.0.0' }])
})

test('instance passwords: set and issued, without the password', async () => {
  const path = `${INSTANCE}/credential`
  const about = { subject: 'admin', instance_id: server.instance }
  const fixed = await walk('PUT', path, [], { password: 'Str0ng!pass' })
  expect(fixed).toMatchObject([{ action: 'instance-password.fix', ...about }])
  expect(JSON.stringify(fixed)).not.toContain('Str0ng!pass')
  const issued = await walk('POST', path, [], { duration: 1 })
  expect(issued).toMatchObject([{ action: 'instance-password.issue', ...about }])
})

test('robots: create, change, rotate, delete, without the secret', async () => {
  const permissions = [{ kind: 'project', namespace: 'team', access: [{ resource: 'repository', action: 'pull' }] }]
  const path = `${INSTANCE}/robots`
  const secret = 'Ch0sen!secret'
  const made = await walk('POST', path, [], { name: 'ci', duration: 30, permissions, secret })
  const [row] = await server.registry.database.read.selectFrom('robots').select('number').execute()
  const robot = [String(row?.number)]
  const changed = await walk('PUT', `${path}/:robotId`, robot, { disable: true })
  const rotated = await walk('PUT', `${path}/:robotId/secret`, robot, { secret })
  const gone = await walk('DELETE', `${path}/:robotId`, robot)
  const about = { subject: 'ccr$ci', instance_id: server.instance }
  const events = [...made, ...changed, ...rotated, ...gone]
  expect(events).toMatchObject(
    ['create', 'change', 'secret', 'delete'].map((act) => ({ action: `robot.${act}`, ...about })),
  )
  expect(JSON.stringify(events)).not.toContain(secret)
})

test('a batch that fails is rolled back and records nothing as done', async () => {
  for (const name of ['empty', 'full']) await server.namespace(name)
  await server.publish('full', { name: 'nginx', version: '1.0.0' })
  const events = await recordedBy(server, async () => {
    const path = `/v1/instances/${server.instance}/projects`
    expect((await server.ask('DELETE', path, { body: { items: ['empty', 'full'] } })).status).toBe(412)
  })
  expect(events.filter(({ outcome }) => outcome === 'done')).toEqual([])
})

test('every write route is called by a test above', () => {
  expect([...new Set(walked)].sort()).toEqual(writeRoutes(server.app, /^\/v1\//))
})
