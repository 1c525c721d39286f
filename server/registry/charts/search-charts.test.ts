import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../db/database.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { deleteCharts } from '../deletion/delete-charts.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { type ChartsQuery, listCharts } from './chart-queries.ts'
import { searchCharts } from './search-charts.ts'

const NAMES = [
  'nginx',
  'Nginx',
  'ingress-nginx',
  'nginx-ingress',
  'Next-GenINX',
  'redis',
  'redis-cluster',
  '数据库 one',
]
const QUERIES = ['nginx', 'NGX', 'n', 'in', 'ingx', 'redis', 'r-c', '据', ' ', '_', '%', '\\', '🧭', 'nginxx', 'xn', '']

let store: TestRegistry

beforeAll(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
  for (const name of NAMES) await store.publish('team', { name, version: '1.0.0' })
  await store.publish('team', { name: 'redis', version: '2.0.0' })
})
afterAll(() => store.close())

test('returns the same results as the database in every order', async () => {
  const namespace = await namespaceCalled('team')
  for (const query of QUERIES) {
    for (const orderBy of [undefined, 'name', 'versions'] as const) {
      for (const order of ['asc', 'desc'] as const) {
        for (const [offset, limit] of [
          [0, 100],
          [1, 2],
          [9, 10],
        ] as const) {
          const request: Omit<ChartsQuery, 'in'> = { query, orderBy, order, offset, limit }
          const expected = await listCharts(store.registry.database.read, {
            ...request,
            in: { namespaceId: namespace.id },
          })
          expect(await searchCharts(store.registry, namespace, request), JSON.stringify(request)).toEqual(expected)
        }
      }
    }
  }
})

test('finds new charts at once and deleted charts no longer', async () => {
  await store.namespace('busy')
  expect(await found('busy', 'ngx')).toEqual([])
  await store.publish('busy', { name: 'nginx', version: '1.0.0' })
  expect(await found('busy', 'ngx')).toEqual(['nginx 1.0.0'])
  await store.publish('busy', { name: 'nginx', version: '1.1.0' })
  await store.publish('busy', { name: 'ngrox', version: '1.0.0' })
  expect(await found('busy', 'ngx')).toEqual(['nginx 1.1.0', 'ngrox 1.0.0'])
  await deleteCharts(store.registry, store.call, [{ namespace: 'busy', name: 'nginx' }])
  expect(await found('busy', 'ngx')).toEqual(['ngrox 1.0.0'])
})

test('finds charts written by another process', async () => {
  await store.namespace('shared')
  const database = await openSqlite(join(store.folder, 'chartroom.db'))
  try {
    const other = { ...store.registry, database }
    expect(await found('shared', 'ngx', other)).toEqual([])
    await store.publish('shared', { name: 'nginx', version: '1.0.0' })
    expect(await found('shared', 'ngx', other)).toEqual(['nginx 1.0.0'])
  } finally {
    await database.close()
  }
})

async function found(name: string, query: string, registry = store.registry): Promise<string[]> {
  const { rows } = await searchCharts(registry, await namespaceCalled(name), { query, offset: 0, limit: 100 })
  return rows.map((row) => `${row.name} ${row.latest_version}`)
}

async function namespaceCalled(name: string): Promise<NamespaceRow> {
  const row = await findNamespace(store.registry.database.read, store.instance, name)
  if (!row) throw new Error(`The namespace ${name} does not exist.`)
  return row
}
