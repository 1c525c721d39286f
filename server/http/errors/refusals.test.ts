import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import type { AuditEventRow } from '../../db/schema.ts'
import { eventsAfter, recordedBy } from '../../testing/recorded.ts'
import { ADMINISTRATOR, basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Denials that each API records in the audit log, and errors that it does not record. */

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

  test('at sign-in is recorded with the name of an existing account', async () => {
    expect(await refused(() => signIn('admin'))).toMatchObject([{ ...by, reason: 'wrong-password', actor: 'admin' }])
  })

  test('is recorded without a name that no account has, because it may be a password', async () => {
    const events = await refused(() => signIn('correct horse battery'))
    expect(events).toMatchObject([{ ...by, reason: 'wrong-password', actor: 'unknown' }])
    expect(JSON.stringify(await eventsAfter(server, ''))).not.toContain('correct horse')
  })

  test('is recorded when it is throttled', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await signIn('admin')
    expect(await refused(() => signIn('admin'))).toMatchObject([{ ...by, reason: 'sign-in-throttled', actor: 'admin' }])
  })

  test.each(['/chartrepo/team/index.yaml', '/v2/', '/service/token'])('is recorded at %s', async (path) => {
    const events = await refused(() =>
      server.askAnonymously('GET', path, { headers: { Authorization: basic('admin', 'guess') } }),
    )
    const protocol = path.startsWith('/chartrepo') ? 'classic' : 'oci'
    expect(events).toMatchObject([{ ...by, reason: 'credential-refused', actor: 'admin', protocol }])
  })

  test('is recorded in the form of the token service', async () => {
    const body = 'grant_type=password&username=admin&password=guess'
    const events = await refused(() => server.askAnonymously('POST', '/service/token', { body }))
    expect(events).toMatchObject([{ ...by, reason: 'credential-refused', actor: 'admin', protocol: 'oci' }])
  })
})

describe('a denied request', () => {
  test('is recorded by the management API with the caller and the action', async () => {
    const ask = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
    const about = { outcome: 'denied', reason: 'not-allowed', actor: 'ann', instance_id: server.instance }
    expect(await refused(() => upload(ask, 'team'))).toMatchObject([
      { action: 'chart.publish', ...about, namespace: 'team' },
    ])
    // The response says that it does not exist; the audit log has the denial.
    expect(await refused(() => upload(ask, 'other'))).toMatchObject([
      { action: 'chart.publish', ...about, namespace: 'other' },
    ])
    const path = `/v1/instances/${server.instance}/projects/other`
    expect(await refused(() => ask('GET', path))).toMatchObject([
      { action: 'request', ...about, subject: `GET ${path}` },
    ])
  })

  test('is recorded by the Helm APIs', async () => {
    await server.member('ann', [])
    const headers = { Authorization: basic('ann', 'battery horse staple') }
    const pushed = await refused(() => server.askAnonymously('POST', '/api/chartrepo/team/charts', { headers }))
    expect(pushed).toMatchObject([
      { action: 'chart.publish', reason: 'not-allowed', actor: 'ann', protocol: 'classic' },
    ])
    const put = await refused(() => server.askAnonymously('PUT', '/v2/team/app/manifests/v1', { headers }))
    expect(put).toMatchObject([{ action: 'manifest.put', reason: 'not-allowed', namespace: 'team', chart: 'app' }])
  })

  test('is recorded if it comes from a page of another site', async () => {
    const ask = () =>
      server.ask('DELETE', `/v1/instances/${server.instance}/projects/team`, {
        headers: { Origin: 'https://evil.example' },
      })
    const about = { action: 'namespace.delete', reason: 'origin-refused', actor: 'admin', namespace: 'team' }
    expect(await refused(ask)).toMatchObject([about])
  })
})

describe('a write that rules forbid', () => {
  test('is recorded: an existing version, a failed precondition, an invalid chart', async () => {
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

describe('nothing is recorded', () => {
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

  test('for repeated denials within a minute, and beyond a limit', async () => {
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

test('a failure to record a denial does not delay the response', async () => {
  await server.registry.database.write((transaction) => transaction.schema.dropTable('audit_events').execute())
  expect((await signIn('admin')).status).toBe(401)
  expect(server.logged).toMatchObject([{ msg: 'denial not recorded in the audit log' }])
})
