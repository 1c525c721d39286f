import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findInstance, instanceStatistics, listInstances } from './instance-queries.ts'
import { createInstance, ensureFirstInstance, instanceTags, renameInstance, replaceInstanceTags } from './instances.ts'
import { createNamespace } from './namespaces.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
})
afterEach(() => store.close())

test('only the first start creates the default instance', async () => {
  const first = await ensureFirstInstance(store.registry)
  expect(first).toMatchObject({ id: store.instance, name: 'default', type: 'ADVANCED', region: 'bj', is_default: 1 })
  expect(first.id).toMatch(/^ccr-[0-9a-z]{8}$/)
  expect((await list()).total).toBe(1)
})

test('creates and renames an instance and replaces its tags', async () => {
  const tags = [{ tagKey: '团队', tagValue: '' }]
  const row = await createInstance(store.registry, store.call, { name: 'Ärzte', type: 'BASIC', bucket: 'b', tags })
  expect(row).toMatchObject({
    name: 'Ärzte',
    type: 'BASIC',
    status: 'running',
    region: 'bj',
    bucket: 'b',
    is_default: 0,
  })
  expect(instanceTags(row)).toEqual(tags)
  expect(await renameInstance(store.registry, { ...store.call, instance: row.id }, 'Nurses')).toMatchObject({
    id: row.id,
    name: 'Nurses',
    folded_name: 'nurses',
  })
  await replaceInstanceTags(store.registry, { ...store.call, instance: row.id }, [])
  const changed = await findInstance(store.registry.database.read, row.id)
  expect(changed && instanceTags(changed)).toEqual([])
  await expect(renameInstance(store.registry, { ...store.call, instance: 'ccr-nowhere0' }, 'x')).rejects.toMatchObject({
    code: 'instance-missing',
  })
  await expect(
    replaceInstanceTags(store.registry, { ...store.call, instance: 'ccr-nowhere0' }, []),
  ).rejects.toMatchObject({
    code: 'instance-missing',
  })
})

test('lists instances by name, or by rank when searching', async () => {
  for (const name of ['staging', 'my-test', 'test', 'tests', 't-e-s-t']) {
    await createInstance(store.registry, store.call, { name, type: 'BASIC' })
  }
  expect(await names({})).toEqual(['default', 'my-test', 'staging', 't-e-s-t', 'test', 'tests'])
  expect(await names({ query: 'TEST', by: 'name' })).toEqual(['test', 'tests', 'my-test', 't-e-s-t'])
  expect(await names({ query: store.instance, by: 'id' })).toEqual(['default'])
  expect(await names({ query: store.instance, by: 'name' })).toEqual([])
  expect(await names({ query: store.instance.slice(4) })).toEqual(['default'])
  expect((await list({ query: 'ccr-', by: 'id', offset: 1, limit: 2 })).total).toBe(6)
})

test('statistics count each referenced blob once', async () => {
  await store.namespace('team')
  await store.namespace('other')
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  await store.publish('other', { name: 'nginx', version: '1.0.0' }, makeProvenance)
  await store.publish('team', { name: 'nginx', version: '2.0.0' })
  await store.publish('team', { name: 'nginx', version: '2.0.0', metadata: { description: 'replaced' } })
  const { id } = await createInstance(store.registry, store.call, { name: 'elsewhere', type: 'BASIC' })
  await createNamespace(store.registry, { ...store.call, instance: id }, { name: 'team', public: false })
  // The old manifest still refers to the replaced archive.
  const blobs = await store.registry.database.read.selectFrom('blobs').selectAll().execute()
  expect(blobs).toHaveLength(7)
  const storage = blobs.reduce((sum, { size }) => sum + size, 0)
  expect(await statistics(store.instance)).toEqual({ namespace: 2, chart: 2, repo: 0, vpc: 0, storage })
  expect(await statistics(id)).toEqual({ namespace: 1, chart: 0, repo: 0, vpc: 0, storage: 0 })
})

function list(change: Partial<Parameters<typeof listInstances>[1]> = {}) {
  return listInstances(store.registry.database.read, { readable: 'all', offset: 0, limit: 100, ...change })
}

async function names(change: Parameters<typeof list>[0]): Promise<string[]> {
  return (await list(change)).rows.map((row) => row.name)
}

function statistics(id: string) {
  return instanceStatistics(store.registry.database.read, id, 'all')
}
