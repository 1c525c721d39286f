import { afterEach, beforeEach, expect, test } from 'vitest'
import { startProvider } from '../../oidc/testing/start-provider.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { ociClient } from '../oci/testing/oci-client.ts'
import { writeRoutes } from '../testing/every-route.ts'
import { ADMINISTRATOR, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Audit events of the console API. The last test fails for a write route that no test here calls. */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

const walked: string[] = []
const INSTANCE = '/console/instances/:instanceId'
const OWN = { 'Sec-Fetch-Site': 'same-origin' }

/** Sends a request of the console to a route, which must succeed; returns the events that it recorded. */
async function walk(method: string, route: string, params: readonly string[] = [], body?: unknown) {
  walked.push(`${method} ${route}`)
  const values = route.startsWith(INSTANCE) ? [server.instance, ...params] : params
  const path = values.reduce((text, value) => text.replace(/:[a-zA-Z]+/, value), route)
  return recordedBy(server, async () => {
    const answer = await server.ask(method, path, { body, headers: OWN })
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
  })
}

test('signing in and out', async () => {
  const by = { actor_kind: 'account', actor: 'admin', protocol: 'console', outcome: 'done' }
  const entered = await walk('POST', '/console/session', [], ADMINISTRATOR)
  expect(entered).toMatchObject([{ action: 'sign-in', ...by, credential: 'password' }])
  const left = await walk('DELETE', '/console/session')
  expect(left).toMatchObject([{ action: 'sign-out', ...by, credential: 'session' }])
  expect(await walk('DELETE', '/console/session')).toEqual([])
})

test('domains and the policy of a namespace, if they change', async () => {
  const domains = ['b.example.org', 'a.example.org']
  const given = await walk('PUT', `${INSTANCE}/domains`, [], { domains })
  expect(given).toMatchObject([{ action: 'instance.domains', subject: 'a.example.org, b.example.org' }])
  expect(await walk('PUT', `${INSTANCE}/domains`, [], { domains })).toEqual([])
  const policy = `${INSTANCE}/namespaces/:namespace/policy`
  const changed = await walk('PUT', policy, ['team'], { immutable: true })
  expect(changed).toMatchObject([{ action: 'namespace.change', namespace: 'team', subject: 'immutable=true' }])
})

test('running a background job', async () => {
  const events = await walk('POST', '/console/jobs/:kind/run', ['audit-pruning'])
  expect(events).toMatchObject([{ action: 'job.run', subject: 'audit-pruning' }])
})

test('collecting garbage', async () => {
  expect(await walk('POST', '/console/storage/collection')).toMatchObject([{ action: 'garbage.collect' }])
})

test('deleting charts of several namespaces', async () => {
  await server.namespace('other')
  for (const namespace of ['team', 'other']) await server.publish(namespace, { name: 'nginx', version: '1.0.0' })
  const items = ['team', 'other'].map((namespace) => ({ namespace, name: 'nginx' }))
  const gone = await walk('DELETE', `${INSTANCE}/charts`, [], { items })
  expect(gone).toMatchObject([
    { action: 'chart.delete', protocol: 'console', namespace: 'team' },
    { action: 'chart.delete', protocol: 'console', namespace: 'other' },
  ])
})

test('deleting artifacts and their referrers', async () => {
  const oci = ociClient(server)
  const config = await oci.pushBlob('team/app', '{}')
  const put = async (reference: string, more = {}) => {
    const answer = await oci.putManifest('team/app', reference, { schemaVersion: 2, config, layers: [], ...more })
    return answer.headers.get('docker-content-digest') ?? ''
  }
  const digest = await put('v1')
  const subject = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 1 }
  const about = await put('signature', { subject, annotations: { of: 'v1' } })
  const at = { namespace: 'team', name: 'app' }
  const both = await walk('DELETE', `${INSTANCE}/artifacts`, [], {
    items: [
      { ...at, digest },
      { ...at, digest: about },
    ],
  })
  const expected = { action: 'manifest.delete', namespace: 'team', chart: 'app' }
  expect(both).toMatchObject([
    { ...expected, digest_before: digest },
    { ...expected, digest_before: about },
  ])
})

test('access keys, by ID and without secrets', async () => {
  const path = '/console/account/access-keys'
  const made = await walk('POST', path, [], { description: 'CI' })
  const id = made[0]?.subject ?? ''
  expect(made).toMatchObject([{ action: 'access-key.create', subject: expect.stringMatching(/^[0-9a-f]{32}$/) }])
  expect(await walk('PUT', `${path}/:accessKeyId`, [id], { disabled: true })).toMatchObject([
    { action: 'access-key.change', subject: id },
  ])
  expect(await walk('DELETE', `${path}/:accessKeyId`, [id])).toMatchObject([
    { action: 'access-key.delete', subject: id },
  ])
})

test('accounts and password changes, without passwords', async () => {
  const path = '/console/accounts'
  const about = (action: string, subject: string) => [{ action, subject, protocol: 'console', outcome: 'done' }]
  const made = await walk('POST', path, [], { name: 'ann', role: 'member', password: 'a good password' })
  expect(made).toMatchObject(about('account.create', 'ann: member'))
  const { items } = await (await server.ask('GET', `${path}?query=ann`)).json()
  const id: string = items[0].id
  const change = `${path}/:accountId`
  expect(await walk('PUT', change, [id], { role: 'administrator' })).toMatchObject(
    about('account.change', 'ann: administrator'),
  )
  expect(await walk('PUT', change, [id], { disabled: true })).toMatchObject(about('account.disable', 'ann'))
  expect(await walk('PUT', change, [id], { disabled: true })).toEqual([])
  expect(await walk('PUT', change, [id], { disabled: false })).toMatchObject(about('account.enable', 'ann'))
  const reset = await walk('PUT', `${change}/password`, [id], { password: 'another password' })
  expect(reset).toMatchObject(about('account.password', 'ann'))
  const own = { current: ADMINISTRATOR.password, password: 'a password of my own' }
  const changed = await walk('PUT', '/console/account/password', [], own)
  expect(changed).toMatchObject(about('account.password', 'admin'))
  for (const secret of ['a good password', 'another password', ADMINISTRATOR.password, own.password]) {
    expect(JSON.stringify([made, reset, changed])).not.toContain(secret)
  }
})

test('grants, one event per namespace', async () => {
  await walk('POST', '/console/accounts', [], { name: 'ann', role: 'member', password: 'a good password' })
  const members = `${INSTANCE}/members`
  const given = await walk('PUT', members, [], { account: 'ann', role: 'guest', namespaces: ['team'] })
  expect(given).toMatchObject([{ action: 'grant.give', namespace: 'team', instance_id: server.instance }])
  const taken = await walk('DELETE', members, [], { items: [{ account: 'ann', namespace: 'team' }] })
  expect(taken).toMatchObject([{ action: 'grant.take', namespace: 'team' }])
})

test('preferences record nothing', async () => {
  expect(await walk('PUT', '/console/account/preferences', [], { theme: 'dark' })).toEqual([])
})

test('an upload preview records nothing', async () => {
  const file = { fileName: 'nginx-1.0.0.tgz', sha256: '0'.repeat(64), provenanceSha256: null, chart: null }
  const path = `${INSTANCE}/namespaces/:namespace/upload-preview`
  expect(await walk('POST', path, ['team'], { files: [file] })).toEqual([])
})

test('linking to the provider records nothing when it begins', async () => {
  await using provider = await startProvider()
  await server.close()
  server = await openTestApp({ oidc: provider.config() })
  expect(await walk('POST', '/console/account/provider')).toEqual([])
})

test('every write route is called by a test above', () => {
  expect([...new Set(walked)].sort()).toEqual(writeRoutes(server.app, /^\/console\//))
})
