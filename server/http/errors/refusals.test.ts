import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import type { AuditEventRow } from '../../db/schema.ts'
import { eventsAfter, recordedBy } from '../../testing/recorded.ts'
import { ADMINISTRATOR, basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Which refusals are written down at which door, and which are not. */

let server: TestApp
let upload: (ask: TestApp['ask'], namespace: string, headers?: Record<string, string>) => Promise<Response>

beforeEach(async () => {
  server = await openTestApp()
  for (const name of ['team', 'other']) await server.namespace(name)
  const { bytes, fileName } = await makeChart({ name: 'nginx', version: '1.0.0' })
  upload = (ask, namespace, headers = {}) => {
    const body = new FormData()
    body.append('chart', new File([new Uint8Array(bytes)], fileName))
    return ask('POST', `/v1/instances/${server.instance}/projects/${namespace}/charts`, { body, headers })
  }
})
afterEach(() => server.close())

const refused = (act: () => Promise<unknown>) => recordedBy(server, act)
const signIn = (account: string, password = 'guess') =>
  server.askAnonymously('POST', '/console/session', { body: { account, password } })

describe('a wrong credential', () => {
  const by = { action: 'sign-in', outcome: 'denied', actor_kind: 'anonymous' }

  test('at the sign-in, under the name that was tried where there is an account of that name', async () => {
    expect(await refused(() => signIn('admin'))).toMatchObject([{ ...by, reason: 'wrong-password', actor: 'admin' }])
  })

  test('under no name where there is none: it may be a password', async () => {
    const events = await refused(() => signIn('correct horse battery'))
    expect(events).toMatchObject([{ ...by, reason: 'wrong-password', actor: 'unknown' }])
    expect(JSON.stringify(await eventsAfter(server, ''))).not.toContain('correct horse')
  })

  test('that has to wait', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await signIn('admin')
    expect(await refused(() => signIn('admin'))).toMatchObject([{ ...by, reason: 'sign-in-throttled', actor: 'admin' }])
  })

  test.each(['/chartrepo/team/index.yaml', '/v2/', '/service/token'])('at %s', async (path) => {
    const events = await refused(() =>
      server.askAnonymously('GET', path, { headers: { Authorization: basic('admin', 'guess') } }),
    )
    const protocol = path.startsWith('/chartrepo') ? 'classic' : 'oci'
    expect(events).toMatchObject([{ ...by, reason: 'credential-refused', actor: 'admin', protocol }])
  })

  test('in the form of the token service', async () => {
    const body = 'grant_type=password&username=admin&password=guess'
    const events = await refused(() => server.askAnonymously('POST', '/service/token', { body }))
    expect(events).toMatchObject([{ ...by, reason: 'credential-refused', actor: 'admin', protocol: 'oci' }])
  })
})

describe('what is not allowed', () => {
  test('at the management API, under the name of the caller and of what they wanted to do', async () => {
    const ask = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
    const about = { outcome: 'denied', reason: 'not-allowed', actor: 'ann', instance_id: server.instance }
    expect(await refused(() => upload(ask, 'team'))).toMatchObject([
      { action: 'chart.publish', ...about, namespace: 'team' },
    ])
    // They are told that it is not there; the record is not.
    expect(await refused(() => upload(ask, 'other'))).toMatchObject([
      { action: 'chart.publish', ...about, namespace: 'other' },
    ])
    const path = `/v1/instances/${server.instance}/projects/other`
    expect(await refused(() => ask('GET', path))).toMatchObject([
      { action: 'request', ...about, subject: `GET ${path}` },
    ])
  })

  test('at the Helm doors', async () => {
    await server.member('ann', [])
    const headers = { Authorization: basic('ann', 'battery horse staple') }
    const pushed = await refused(() => server.askAnonymously('POST', '/api/chartrepo/team/charts', { headers }))
    expect(pushed).toMatchObject([
      { action: 'chart.publish', reason: 'not-allowed', actor: 'ann', protocol: 'classic' },
    ])
    const put = await refused(() => server.askAnonymously('PUT', '/v2/team/app/manifests/v1', { headers }))
    expect(put).toMatchObject([{ action: 'manifest.put', reason: 'not-allowed', namespace: 'team', chart: 'app' }])
  })

  test('by a page of somebody else', async () => {
    const ask = () =>
      server.ask('DELETE', `/v1/instances/${server.instance}/projects/team`, {
        headers: { Origin: 'https://evil.example' },
      })
    const about = { action: 'namespace.delete', reason: 'origin-refused', actor: 'admin', namespace: 'team' }
    expect(await refused(ask)).toMatchObject([about])
  })
})

describe('what the rules forbid', () => {
  test('a version that is there, a precondition that does not hold, a file that is no chart', async () => {
    await server.namespace('fixed', { immutable: true })
    await server.publish('fixed', { name: 'nginx', version: '1.0.0', metadata: { description: 'other' } })
    const about = { action: 'chart.publish', outcome: 'denied', actor: 'admin', chart: 'nginx', version: '1.0.0' }
    expect(await refused(() => upload(server.ask, 'fixed'))).toMatchObject([{ ...about, reason: 'version-immutable' }])
    const headers = { 'If-None-Match': '*' }
    expect(await refused(() => upload(server.ask, 'fixed', headers))).toMatchObject([{ reason: 'version-exists' }])
    const broken = await refused(() => server.askAsHelm('POST', '/api/chartrepo/team/charts', { body: 'no chart' }))
    expect(broken).toMatchObject([{ action: 'chart.publish', reason: 'chart-refused', namespace: 'team' }])
  })
})

describe('the record is left alone', () => {
  test.each([
    ['GET', '/chartrepo/team/index.yaml'],
    ['GET', '/v2/'],
    ['PUT', '/v2/team/app/manifests/v1'],
    ['POST', '/api/chartrepo/team/charts'],
    ['GET', '/v1/instances'],
    ['GET', '/console/session'],
  ])('by who is only asked to say who they are: %s %s', async (method, path) => {
    expect(await refused(() => server.askAnonymously(method, path))).toEqual([])
  })

  test.each([
    ['GET', '/v1/instances/:id/projects/missing'],
    ['DELETE', '/v1/instances/:id/projects/missing'],
    ['POST', '/v1/instances/:id/projects'],
    ['GET', '/nowhere'],
  ])('by what is missing or malformed: %s %s', async (method, path) => {
    expect(await refused(() => server.ask(method, path.replace(':id', server.instance)))).toEqual([])
  })

  test('by what was refused alike within a minute, and nobody fills it', async () => {
    const again = async (times: number) => {
      for (let time = 0; time < times; time++) await signIn(`nobody-${time}`)
    }
    expect(await refused(() => again(5))).toHaveLength(1)
    server.pass(60_000)
    expect(await refused(() => again(2))).toHaveLength(1)
    server.pass(60_000)
    const ask = await server.member('ann', [])
    const events = await refused(async () => {
      for (let at = 0; at < 70; at++) await ask('GET', `/v1/instances/${server.instance}/projects/p${at}`)
      await server.askAnonymously('POST', '/console/session', { body: { ...ADMINISTRATOR, password: 'guess' } })
    })
    const by = Map.groupBy(events as AuditEventRow[], ({ actor }) => actor)
    expect([by.get('ann')?.length, by.get('admin')?.length]).toEqual([60, 1])
  })
})

test('an answer does not wait for a record that cannot be written', async () => {
  await server.registry.database.write((transaction) => transaction.schema.dropTable('audit_events').execute())
  expect((await signIn('admin')).status).toBe(401)
  expect(server.logged).toMatchObject([{ msg: 'denial not recorded in the audit log' }])
})
