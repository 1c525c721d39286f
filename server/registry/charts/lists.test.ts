import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { createInstance } from '../instances/instances.ts'
import { findNamespace, listNamespaces, type NamespacesQuery } from '../instances/namespace-queries.ts'
import { type ChartsQuery, findChart, listCharts } from './chart-queries.ts'
import { findFile } from './file-queries.ts'
import { findLatestVersion, findVersions, listVersions, type VersionsQuery } from './version-queries.ts'

let store: TestRegistry
let team: string

const versions = ['1.9.0', 'v1.10.0', '1.10.0-rc.1', '2.0.0-alpha', '1.10.0+a', '1.2']

beforeAll(async () => {
  store = await openTestRegistry()
  for (const namespace of ['team', 'other', 'tea-room']) await store.namespace(namespace)
  team = (await findNamespace(store.registry.database.read, store.instance, 'team'))?.id ?? ''
  for (const version of versions) {
    await store.publish('team', { name: 'nginx', version })
    store.pass(1000)
  }
  for (const name of ['ingress-nginx', 'nginx-ingress', 'Next-GenINX', 'redis', 'redis']) {
    await store.publish('team', { name, version: '1.0.0' })
    store.pass(1000)
  }
  await store.publish('team', { name: 'redis', version: '2.0.0' })
  await store.publish('other', { name: 'nginx', version: '1.0.0' })
  await createInstance(store.registry, store.call, { name: 'elsewhere', type: 'BASIC' })
})
afterAll(() => store.close())

test('lists pages of charts by name in byte order, with the total', async () => {
  expect(await charts()).toEqual(['Next-GenINX', 'ingress-nginx', 'nginx', 'nginx-ingress', 'redis'])
  expect(await charts({ order: 'desc', limit: 2, offset: 1 })).toEqual(['nginx-ingress', 'nginx'])
  expect(await listCharts(store.registry.database.read, { in: { namespaceId: team }, limit: 2, offset: 9 })).toEqual({
    total: 5,
    rows: [],
  })
})

test('sorts charts by versions and times, then by name in the same direction', async () => {
  expect(await charts({ orderBy: 'versions' })).toEqual([
    'Next-GenINX',
    'ingress-nginx',
    'nginx-ingress',
    'redis',
    'nginx',
  ])
  expect(await charts({ orderBy: 'versions', order: 'desc' })).toEqual([
    'nginx',
    'redis',
    'nginx-ingress',
    'ingress-nginx',
    'Next-GenINX',
  ])
  expect(await charts({ orderBy: 'created' })).toEqual([
    'nginx',
    'ingress-nginx',
    'nginx-ingress',
    'Next-GenINX',
    'redis',
  ])
  expect((await charts({ orderBy: 'updated', order: 'desc' }))[0]).toBe('redis')
})

test('sorts search results by rank, then by name', async () => {
  expect(await charts({ query: 'nginx' })).toEqual(['nginx', 'nginx-ingress', 'ingress-nginx', 'Next-GenINX'])
  expect(await charts({ query: 'NGX' })).toEqual(['Next-GenINX', 'ingress-nginx', 'nginx', 'nginx-ingress'])
  expect(await charts({ query: 'nginx', orderBy: 'name' })).toEqual([
    'Next-GenINX',
    'ingress-nginx',
    'nginx',
    'nginx-ingress',
  ])
  const page = await listCharts(store.registry.database.read, {
    in: { namespaceId: team },
    query: 'nginx',
    limit: 1,
    offset: 1,
  })
  expect(page).toMatchObject({ total: 4, rows: [{ name: 'nginx-ingress' }] })
  expect(await charts({ query: '%' })).toEqual([])
})

test('sorts charts of all namespaces by name, then by namespace', async () => {
  const all: Partial<ChartsQuery> = { in: { instanceId: store.instance, readable: 'all' } }
  const page = await listCharts(store.registry.database.read, {
    in: { instanceId: store.instance, readable: 'all' },
    limit: 10,
    offset: 0,
  })
  expect(page.total).toBe(6)
  expect(page.rows.slice(2, 4).map((row) => row.namespace_name)).toEqual(['other', 'team'])
  expect(await charts({ ...all, query: 'nginx', limit: 2 })).toEqual(['nginx', 'nginx'])
})

test('sorts versions by SemVer, and equal ones by text', async () => {
  const down = ['2.0.0-alpha', '1.10.0+a', 'v1.10.0', '1.10.0-rc.1', '1.9.0', '1.2']
  expect(await versionsOf({})).toEqual(down)
  expect(await versionsOf({ orderBy: 'version', order: 'desc' })).toEqual(down)
  expect(await versionsOf({ orderBy: 'version' })).toEqual(down.toReversed())
  expect(await versionsOf({ orderBy: 'created' })).toEqual(versions)
  expect(await versionsOf({ limit: 2, offset: 1 })).toEqual(['1.10.0+a', 'v1.10.0'])
})

test('excludes pre-releases from the page and the total', async () => {
  const chart = await nginx()
  const page = await listVersions(store.registry.database.read, { chart, prerelease: false, limit: 2, offset: 0 })
  expect(page).toMatchObject({ total: 4, rows: [{ version: '1.10.0+a' }, { version: 'v1.10.0' }] })
  expect(await versionsOf({ prerelease: true })).toHaveLength(6)
})

test('sorts found versions by rank, then highest first', async () => {
  expect(await versionsOf({ query: '1.10' })).toEqual(['1.10.0+a', '1.10.0-rc.1', 'v1.10.0'])
  expect(await versionsOf({ query: 'RC' })).toEqual(['1.10.0-rc.1'])
  expect(await versionsOf({ query: '1.2' })).toEqual(['1.2'])
  expect(await versionsOf({ query: '100' })).toEqual(['1.10.0+a', 'v1.10.0', '1.10.0-rc.1'])
})

test('finds the latest version and several versions', async () => {
  const { read } = store.registry.database
  const { id } = await nginx()
  expect((await findLatestVersion(read, id))?.version).toBe('2.0.0-alpha')
  const found = await findVersions(read, id, ['1.2', 'never', '1.9.0'])
  expect(found.map(({ version, file_name }) => [version, file_name])).toEqual([
    ['1.2', 'nginx-1.2.tgz'],
    ['1.9.0', 'nginx-1.9.0.tgz'],
  ])
  expect(await findVersions(read, id, [])).toEqual([])
})

test('finds a file by its name', async () => {
  const { read } = store.registry.database
  expect(await findFile(read, team, 'nginx-1.10.0+a.tgz')).toMatchObject({
    kind: 'archive',
    file_name: 'nginx-1.10.0+a.tgz',
  })
  expect(await findFile(read, team, 'nginx-1.10.0+a.tgz.prov')).toBeUndefined()
  expect(await findFile(read, team, 'nginx-9.tgz')).toBeUndefined()
  expect(await findFile(read, team, '../chartroom.db')).toBeUndefined()
})

test('lists the namespaces of one instance by name, charts, creation and rank', async () => {
  expect(await namespaces({})).toEqual(['other', 'tea-room', 'team'])
  expect(await namespaces({ orderBy: 'charts', order: 'desc' })).toEqual(['team', 'other', 'tea-room'])
  expect(await namespaces({ orderBy: 'created', order: 'desc' })).toEqual(['team', 'tea-room', 'other'])
  expect(await namespaces({ query: 'team' })).toEqual(['team', 'tea-room'])
  expect(await namespaces({ instanceId: 'ccr-nowhere0' })).toEqual([])
})

async function charts(change: Partial<ChartsQuery> = {}): Promise<string[]> {
  const { rows } = await listCharts(store.registry.database.read, {
    in: { namespaceId: team },
    limit: 100,
    offset: 0,
    ...change,
  })
  return rows.map(({ name }) => name)
}

async function nginx() {
  const chart = await findChart(store.registry.database.read, team, 'nginx')
  if (!chart) throw new Error('The chart nginx is missing.')
  return chart
}

async function versionsOf(change: Partial<VersionsQuery>): Promise<string[]> {
  const chart = await nginx()
  const { rows } = await listVersions(store.registry.database.read, { chart, limit: 100, offset: 0, ...change })
  return rows.map(({ version }) => version)
}

async function namespaces(change: Partial<NamespacesQuery>): Promise<string[]> {
  const { rows } = await listNamespaces(store.registry.database.read, {
    instanceId: store.instance,
    readable: 'all',
    limit: 100,
    offset: 0,
    ...change,
  })
  return rows.map(({ name }) => name)
}
