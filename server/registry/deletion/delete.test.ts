import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import type { ChartRow } from '../../db/schema.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findChart, listCharts } from '../charts/chart-queries.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { deleteChart, deleteCharts } from './delete-charts.ts'
import { deleteVersion, deleteVersions } from './delete-versions.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  for (const namespace of ['team', 'other']) await store.namespace(namespace)
  await store.namespace('fixed', { immutable: true })
  for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1']) await store.publish('team', { name: 'nginx', version })
  await store.publish('team', { name: 'redis', version: '1.0.0' })
  await store.publish('other', { name: 'nginx', version: '1.0.0' }, makeProvenance)
  await store.publish('fixed', { name: 'kept', version: '1.0.0' })
})
afterEach(() => store.close())

test('deletes charts of several namespaces and ignores charts that do not exist', async () => {
  await deleteCharts(store.registry, store.call, [
    { namespace: 'team', name: 'nginx' },
    { namespace: 'team', name: 'never-there' },
    { namespace: 'other', name: 'nginx' },
  ])
  expect(await charts()).toEqual(['fixed/kept', 'team/redis'])
  expect(await counts('team')).toEqual({ chart_count: 1, revision: 5 })
  expect(await counts('other')).toEqual({ chart_count: 0, revision: 2 })
})

test('deletes no charts if a namespace does not exist', async () => {
  const items = [
    { namespace: 'team', name: 'nginx' },
    { namespace: 'nowhere', name: 'nginx' },
  ]
  await expect(deleteCharts(store.registry, store.call, items)).rejects.toMatchObject({
    code: 'namespace-missing',
    params: { namespace: 'nowhere' },
  })
  expect(await charts()).toHaveLength(4)
  expect(await counts('team')).toEqual({ chart_count: 2, revision: 4 })
})

test('deletes no charts if one is in an immutable namespace, and names it', async () => {
  const items = [
    { namespace: 'team', name: 'nginx' },
    { namespace: 'fixed', name: 'kept' },
  ]
  await expect(deleteCharts(store.registry, store.call, items)).rejects.toMatchObject({
    code: 'deletion-immutable',
    kind: 'immutable',
    params: { namespace: 'fixed', blocking: 'kept' },
  })
  expect(await charts()).toHaveLength(4)
  await deleteCharts(store.registry, store.call, [{ namespace: 'fixed', name: 'never-there' }])
})

test('throws for a single chart that does not exist', async () => {
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'redis' })
  const again = deleteChart(store.registry, store.call, { namespace: 'team', name: 'redis' })
  await expect(again).rejects.toMatchObject({ code: 'chart-missing', params: { namespace: 'team', chart: 'redis' } })
  const nowhere = deleteChart(store.registry, store.call, { namespace: 'nowhere', name: 'redis' })
  await expect(nowhere).rejects.toMatchObject({ code: 'namespace-missing' })
})

test('deletes versions and updates the summary of the chart', async () => {
  const versions = ['1.0.0', '2.0.0-rc.1', '9.9.9']
  await deleteVersions(store.registry, store.call, { namespace: 'team', chart: 'nginx', versions })
  expect(await nginx()).toMatchObject({ version_count: 1, latest_version: '1.1.0' })
  expect(await counts('team')).toEqual({ chart_count: 2, revision: 5 })
})

test('deletes the chart with its last version', async () => {
  const target = { namespace: 'team', chart: 'nginx', versions: ['1.0.0', '1.1.0', '2.0.0-rc.1'] }
  await deleteVersions(store.registry, store.call, target)
  expect(await nginx()).toBeUndefined()
  expect(await counts('team')).toEqual({ chart_count: 1, revision: 5 })
  await deleteVersions(store.registry, store.call, target)
  expect(await counts('team')).toEqual({ chart_count: 1, revision: 5 })
})

test('throws for a single version that does not exist', async () => {
  const target = { namespace: 'team', chart: 'nginx', version: '1.0.0' }
  await deleteVersion(store.registry, store.call, target)
  await expect(deleteVersion(store.registry, store.call, target)).rejects.toMatchObject({ code: 'version-missing' })
  const noChart = deleteVersion(store.registry, store.call, { ...target, chart: 'apache' })
  await expect(noChart).rejects.toMatchObject({ code: 'chart-missing' })
  const noNamespace = deleteVersion(store.registry, store.call, { ...target, namespace: 'nowhere' })
  await expect(noNamespace).rejects.toMatchObject({ code: 'namespace-missing' })
})

test('deletes no versions of an immutable namespace, and names those that block', async () => {
  const refused = deleteVersions(store.registry, store.call, {
    namespace: 'fixed',
    chart: 'kept',
    versions: ['0.1.0', '1.0.0'],
  })
  await expect(refused).rejects.toMatchObject({ code: 'deletion-immutable', params: { blocking: 'kept 1.0.0' } })
  await deleteVersions(store.registry, store.call, { namespace: 'fixed', chart: 'kept', versions: ['0.1.0'] })
})

test('does not find namespaces of another instance', async () => {
  const call = { ...store.call, instance: 'ccr-00000000' }
  await expect(deleteCharts(store.registry, call, [{ namespace: 'team', name: 'nginx' }])).rejects.toMatchObject({
    code: 'namespace-missing',
  })
})

test('deletion starts the grace period of the blobs and keeps them', async () => {
  store.pass(1000)
  await deleteCharts(store.registry, store.call, [{ namespace: 'other', name: 'nginx' }])
  const touched = await store.registry.database.read
    .selectFrom('blobs')
    .select('digest')
    .where('touched_at', '=', store.registry.now())
    .execute()
  expect(touched).toHaveLength(2)
  const { read } = store.registry.database
  const used = await read
    .selectFrom('used_blobs')
    .select('digest')
    .where(
      'digest',
      'in',
      touched.map(({ digest }) => digest),
    )
    .execute()
  // The same archive is also in another namespace.
  expect(used).toHaveLength(1)
  for (const { digest } of touched) expect(await store.registry.blobs.size(digest)).toBeGreaterThan(0)
  expect(await store.publish('other', { name: 'nginx', version: '1.0.0' })).toMatchObject({ outcome: 'created' })
})

async function charts(): Promise<string[]> {
  const { rows } = await listCharts(store.registry.database.read, {
    in: { instanceId: store.instance, readable: 'all' },
    offset: 0,
    limit: 100,
  })
  return rows.map((row) => `${row.namespace_name}/${row.name}`).sort()
}

async function counts(name: string): Promise<unknown> {
  const row = await findNamespace(store.registry.database.read, store.instance, name)
  return { chart_count: row?.chart_count, revision: row?.revision }
}

async function nginx(): Promise<ChartRow | undefined> {
  const row = await findNamespace(store.registry.database.read, store.instance, 'team')
  return findChart(store.registry.database.read, row?.id ?? '', 'nginx')
}
