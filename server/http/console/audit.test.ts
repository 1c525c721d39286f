import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuditEvent, AuditPage } from '../../../contract/console/audit.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { ADMINISTRATOR, openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const MINUTE = 60_000

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  server.pass(MINUTE)
})
afterEach(() => server.close())

const ofInstance = () => `/console/instances/${server.instance}/audit`
const activity = (chart = 'nginx', namespace = 'team') =>
  `/console/instances/${server.instance}/namespaces/${namespace}/charts/${chart}/activity`

async function page(path: string, query: Record<string, string> = {}, ask = server.ask): Promise<AuditPage> {
  const answer = await ask('GET', `${path}?${new URLSearchParams(query)}`)
  expect(answer.status).toBe(200)
  return answer.json()
}

const actionsOf = ({ items }: AuditPage) => items.map(({ action, namespace }: AuditEvent) => `${action} ${namespace}`)

describe('the audit log of an instance', () => {
  test('has pages bounded by bytes, however long the names and the client of denied requests are', async () => {
    const reader = await server.member('reader', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
    const long = 'x'.repeat(100_000)
    for (let event = 0; event < 20; event++) {
      const name = `${event}-${'版'.repeat(100_000)}`
      const path = `/v1/instances/${server.instance}/projects/team/charts/${encodeURIComponent(name)}/versions/${long}`
      expect((await reader('DELETE', path, { headers: { 'User-Agent': long } })).status).toBe(401)
    }
    const denied = await server.ask('GET', `${ofInstance()}?outcome=denied&pageSize=100`)
    const text = await denied.text()
    expect(JSON.parse(text).items).toHaveLength(20)
    expect(Buffer.byteLength(text)).toBeLessThan(20 * 4 * 1024)
  })

  test('returns events with all fields, newest first', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const { items, older, newer } = await page(ofInstance())
    expect(items.map(({ action }) => action)).toEqual(['chart.publish', 'namespace.create', 'instance.create'])
    expect(items[0]).toEqual({
      id: expect.any(String),
      at: server.registry.now(),
      action: 'chart.publish',
      outcome: 'done',
      reason: null,
      actorKind: 'account',
      actor: 'admin',
      credential: 'session',
      address: '127.0.0.1',
      protocol: 'management',
      client: 'test',
      instanceId: server.instance,
      namespace: 'team',
      chart: 'nginx',
      version: '1.0.0',
      subject: null,
      digestBefore: null,
      digestAfter: expect.stringMatching(/^sha256:/),
      requestId: 'test',
    })
    expect([older, newer]).toEqual([null, null])
  })

  test('is filtered by time, actor, action, outcome, namespace and chart', async () => {
    const before = server.registry.now()
    await server.namespace('other')
    for (const namespace of ['team', 'other']) await server.publish(namespace, { name: namespace, version: '1.0.0' })
    server.pass(MINUTE)
    const ask = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
    await ask('DELETE', `/v1/instances/${server.instance}/projects/team`)
    const found = async (query: Record<string, string>) => actionsOf(await page(ofInstance(), query))
    expect(await found({ from: server.registry.now() })).toEqual(['namespace.delete team'])
    expect(await found({ to: before })).toEqual(['namespace.create team', 'instance.create null'])
    expect(await found({ actor: 'ann' })).toEqual(['namespace.delete team'])
    expect(await found({ outcome: 'denied' })).toEqual(['namespace.delete team'])
    expect(await found({ action: 'namespace.create' })).toEqual(['namespace.create other', 'namespace.create team'])
    expect(await found({ namespace: 'other' })).toEqual(['chart.publish other', 'namespace.create other'])
    expect(await found({ chart: 'team', namespace: 'team', actor: '' })).toEqual(['chart.publish team'])
    expect(await found({ chart: 'nothing' })).toEqual([])
  })

  test('is paged in both directions while it grows', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await server.namespace(name)
    const query = { action: 'namespace.create', pageSize: '2' }
    const first = await page(ofInstance(), query)
    await server.namespace('e')
    const second = await page(ofInstance(), { ...query, before: first.older ?? '' })
    const third = await page(ofInstance(), { ...query, before: second.older ?? '' })
    expect([first, second, third].map(({ items }) => items.map(({ namespace }) => namespace))).toEqual([
      ['d', 'c'],
      ['b', 'a'],
      ['team'],
    ])
    expect([third.older, first.newer]).toEqual([null, null])
    const back = await page(ofInstance(), { ...query, after: third.newer ?? '' })
    expect(back.items).toEqual(second.items)
    const front = await page(ofInstance(), { ...query, after: back.newer ?? '' })
    expect([actionsOf(front), front.newer]).toEqual([actionsOf(first), first.items[0]?.id])
    const newest = await page(ofInstance(), { ...query, after: front.newer ?? '' })
    expect([actionsOf(newest), newest.newer]).toEqual([['namespace.create e'], null])
  })

  test.each([{ from: 'yesterday' }, { to: '-1' }, { action: 'nothing' }, { outcome: 'maybe' }, { pageSize: 'many' }])(
    'returns 400 for %j',
    async (query) => {
      const answer = await server.ask('GET', `${ofInstance()}?${new URLSearchParams(query as Record<string, string>)}`)
      expect(await refusalOf(answer)).toMatchObject({ status: 400, code: 'BadRequest' })
    },
  )

  test('requires the administrator role in the instance, and excludes other instances', async () => {
    const made = await server.ask('POST', '/v1/instances', { body: { name: 'second', type: 'BASIC' } })
    const second = (await made.json()).instanceID
    await createNamespace(server.registry, { ...server.call, instance: second }, { name: 'hidden', public: false })
    const grant = { instanceId: server.instance, namespace: null }
    const owner = await server.member('owner', [{ ...grant, role: 'administrator' }])
    expect(actionsOf(await page(ofInstance(), {}, owner))).not.toContain('namespace.create hidden')
    const theirs = await owner('GET', `/console/instances/${second}/audit`)
    expect(await refusalOf(theirs)).toMatchObject({ status: 404 })
    const keeper = await server.member('keeper', [{ ...grant, role: 'maintainer' }])
    for (const path of [ofInstance(), `${ofInstance()}.csv`]) {
      expect(await refusalOf(await keeper('GET', path)), path).toMatchObject({ status: 401, code: 'Unauthorized' })
      expect((await server.askAnonymously('GET', path)).status).toBe(401)
    }
  })
})

describe('the audit log of the registry', () => {
  test('has sign-ins and events of all instances, or of one', async () => {
    await server.askAnonymously('POST', '/console/session', { body: ADMINISTRATOR })
    const { items } = await page('/console/audit')
    expect(items.map(({ action }) => action)).toEqual(['sign-in', 'namespace.create', 'sign-in', 'instance.create'])
    const one = await page('/console/audit', { instance: server.instance })
    expect(actionsOf(one)).toEqual(['namespace.create team', 'instance.create null'])
  })

  test('requires the administrator role in the registry', async () => {
    const grant = { instanceId: server.instance, namespace: null, role: 'administrator' } as const
    const owner = await server.member('owner', [grant])
    for (const path of ['/console/audit', '/console/audit.csv']) {
      expect(await refusalOf(await owner('GET', path)), path).toMatchObject({ status: 401, code: 'Unauthorized' })
    }
  })
})

describe('the activity of a chart', () => {
  test('has address and client only for callers who may change the namespace', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    await server.publish('team', { name: 'other', version: '1.0.0' })
    const grant = { instanceId: server.instance, namespace: 'team' }
    const guest = await server.member('guest', [{ ...grant, role: 'guest' }])
    const keeper = await server.member('keeper', [{ ...grant, role: 'maintainer' }])
    await guest('DELETE', `/v1/instances/${server.instance}/projects/team/charts/nginx`)
    const [event, ...others] = (await page(activity(), {}, guest)).items
    expect([event, others]).toMatchObject([{ action: 'chart.publish', actor: 'admin', version: '1.0.0' }, []])
    expect(event).toMatchObject({ address: null, client: null, credential: null, requestId: null })
    expect((await page(activity(), {}, keeper)).items).toMatchObject([{ address: '127.0.0.1', client: 'test' }])
  })

  test('excludes events from before its namespace was created', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team/charts/nginx`)
    await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team`)
    server.pass(MINUTE)
    await server.namespace('team')
    await server.publish('team', { name: 'nginx', version: '2.0.0' })
    expect((await page(activity())).items).toMatchObject([{ action: 'chart.publish', version: '2.0.0' }])
  })

  test('returns 404 without read access', async () => {
    const ask = await server.member('ann', [])
    expect(await refusalOf(await ask('GET', activity()))).toMatchObject({ status: 404 })
    expect(await refusalOf(await server.ask('GET', activity('nginx', 'nowhere')))).toMatchObject({ status: 404 })
  })
})
