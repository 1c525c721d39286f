import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyVersions } from '../../testing/copy-versions.ts'
import { watchEventLoop } from '../../testing/longest-pause.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { deleteChart, deleteCharts } from './delete-charts.ts'
import { deleteNamespaces } from './delete-namespaces.ts'

/**
 * Limit of CPU time in one turn of the event loop, in milliseconds. The target of 60 is checked by `bench`; the
 * regressions that this test is for took seconds.
 */
const LONGEST_PAUSE = 250

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

test('deletes 10,000 versions without blocking the event loop and records an event for each', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  await store.publish('team', { name: 'redis', version: '1.0.0' })
  await copyVersions(store.registry, 4999)
  const { longestPause } = await watchEventLoop(() => deleteCharts(store.registry, store.call, items('nginx', 'redis')))
  expect(longestPause).toBeLessThan(LONGEST_PAUSE)
  expect(await counts()).toMatchObject({
    charts: 0,
    versions: 0,
    manifests: 0,
    tags: 0,
    used_blobs: 0,
    archives: 10_000,
  })
  const events = await store.registry.database.read
    .selectFrom('audit_events')
    .select((eb) => [
      'chart',
      eb.fn.countAll<number>().as('count'),
      eb.fn.count<number>('digest_before').distinct().as('digests'),
    ])
    .where('action', '=', 'chart.delete')
    .where('actor', '=', 'admin')
    .groupBy('chart')
    .orderBy('chart')
    .execute()
  expect(events).toEqual([
    { chart: 'nginx', count: 5000, digests: 5000 },
    { chart: 'redis', count: 5000, digests: 5000 },
  ])
})

test('deletes 1,000 charts without blocking the event loop', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  await copyVersions(store.registry, 999)
  const names = await splitIntoCharts()
  const { longestPause } = await watchEventLoop(() => deleteCharts(store.registry, store.call, items(...names)))
  expect(longestPause).toBeLessThan(LONGEST_PAUSE)
  expect(await counts()).toMatchObject({ charts: 0, versions: 0, manifests: 0 })
  expect(await findNamespace(store.registry.database.read, store.instance, 'team')).toMatchObject({ chart_count: 0 })
})

test('during a large deletion, reads see the state before it and writes follow it', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  await copyVersions(store.registry, 3000)
  const seen = new Set<number>()
  let isOver = false
  const deleting = deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' }).finally(() => {
    isOver = true
  })
  const pushing = store.publish('team', { name: 'nginx', version: '2.0.0' })
  while (!isOver) {
    seen.add((await counts()).versions ?? 0)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await deleting
  await pushing
  expect([...seen].filter((versions) => versions > 1)).toEqual([3001])
  expect(await counts()).toMatchObject({ charts: 1, versions: 1 })
})

test('deletes a namespace with many repositories, links and manifests', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  await copyVersions(store.registry, 3000)
  const { database } = store.registry
  await database.write(async (transaction) => {
    // Turns all manifests into artifacts without tags.
    for (const table of ['tags', 'versions', 'charts'] as const) await transaction.deleteFrom(table).execute()
    await transaction.updateTable('namespaces').set({ chart_count: 0 }).execute()
  })
  const { longestPause } = await watchEventLoop(() => deleteNamespaces(store.registry, store.call, ['team']))
  expect(longestPause).toBeLessThan(LONGEST_PAUSE)
  expect(await counts()).toMatchObject({ namespaces: 0, repositories: 0, repository_blobs: 0, manifests: 0 })
})

function items(...names: readonly string[]) {
  return names.map((name) => ({ namespace: 'team', name }))
}

/** Moves each version into its own chart. Returns the names of the charts. */
async function splitIntoCharts(): Promise<string[]> {
  return store.registry.database.write(async (transaction) => {
    const chart = await transaction.selectFrom('charts').selectAll().executeTakeFirstOrThrow()
    const versions = await transaction.selectFrom('versions').select('id').execute()
    const names: string[] = []
    for (const { id } of versions) {
      const name = `chart-${names.length}`
      const row = { ...chart, id, name, folded_name: name, version_count: 1, latest_version_id: id }
      await transaction.insertInto('charts').values(row).execute()
      await transaction.updateTable('versions').set({ chart_id: id }).where('id', '=', id).execute()
      names.push(name)
    }
    await transaction.deleteFrom('charts').where('id', '=', chart.id).execute()
    await transaction.updateTable('namespaces').set({ chart_count: names.length }).execute()
    return names
  })
}

const TABLES = [
  'namespaces',
  'charts',
  'versions',
  'archives',
  'repositories',
  'repository_blobs',
  'manifests',
  'tags',
  'used_blobs',
] as const

/** Returns the number of rows of each table. */
async function counts(): Promise<Record<string, number>> {
  const { read } = store.registry.database
  const rows = TABLES.map(async (table) => {
    const { count } = await read
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return [table, count] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}
