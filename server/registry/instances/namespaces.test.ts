import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { deleteNamespace, deleteNamespaces } from '../deletion/delete-namespaces.ts'
import { createInstance } from './instances.ts'
import { findNamespace, listNamespaces } from './namespace-queries.ts'
import { createNamespace, updateNamespace } from './namespaces.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
})
afterEach(() => store.close())

test('creates an empty namespace with its own number', async () => {
  const team = await create('team')
  expect(team).toMatchObject({
    number: 1,
    name: 'team',
    public: 0,
    auto_scan: 0,
    immutable: 0,
    chart_count: 0,
    revision: 0,
  })
  expect(await create('open', true)).toMatchObject({ number: 2, public: 1 })
  expect(await find('team')).toEqual(team)
})

test('does not reuse numbers', async () => {
  await create('team')
  await deleteNamespace(store.registry, store.call, 'team')
  expect(await create('team')).toMatchObject({ number: 2 })
})

test('names are unique within an instance', async () => {
  await create('team')
  await expect(create('team')).rejects.toMatchObject({
    code: 'namespace-exists',
    kind: 'conflict',
    params: { namespace: 'team' },
  })
  const other = await createInstance(store.registry, store.call, { name: 'other', type: 'BASIC' })
  const call = { ...store.call, instance: other.id }
  expect(await createNamespace(store.registry, call, { name: 'team', public: false })).toMatchObject({ number: 2 })
})

test('one of many concurrent creations with the same name succeeds', async () => {
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => create('team')))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
})

test('rejects invalid names', async () => {
  for (const name of ['', 'Team', '-a', 'a-', 'a..b', '123', 'ccr-00000000', 'a/b', '../x', 'n'.repeat(65)]) {
    await expect(create(name), name).rejects.toMatchObject({ code: 'namespace-name-invalid', kind: 'invalid' })
  }
})

test('enforces the quota of the edition', async () => {
  const { id } = await createInstance(store.registry, store.call, { name: 'small', type: 'BASIC' })
  const call = { ...store.call, instance: id }
  for (let index = 0; index < 100; index++)
    await createNamespace(store.registry, call, { name: `team-${index}`, public: false })
  await expect(createNamespace(store.registry, call, { name: 'one-more', public: false })).rejects.toMatchObject({
    code: 'namespace-quota',
    kind: 'quota',
    params: { limit: 100 },
  })
  expect(
    (await listNamespaces(store.registry.database.read, { instanceId: id, readable: 'all', offset: 0, limit: 1 }))
      .total,
  ).toBe(100)
  await expect(createNamespace(store.registry, call, { name: 'team-7', public: false })).rejects.toMatchObject({
    code: 'namespace-exists',
  })
})

test('updates only the given properties', async () => {
  await create('team', true)
  store.pass(1000)
  expect(await updateNamespace(store.registry, store.call, 'team', { autoScan: true })).toMatchObject({
    public: 1,
    auto_scan: 1,
    updated_at: store.registry.now(),
  })
  expect(await updateNamespace(store.registry, store.call, 'team', { public: false })).toMatchObject({
    public: 0,
    auto_scan: 1,
  })
  await expect(updateNamespace(store.registry, store.call, 'nowhere', {})).rejects.toMatchObject({
    code: 'namespace-missing',
  })
})

test('deletes no namespaces if one has charts, and names those with charts', async () => {
  for (const name of ['a', 'b', 'c', 'empty']) await create(name)
  for (const [namespace, name] of [
    ['a', 'x'],
    ['a', 'y'],
    ['c', 'z'],
  ] as const) {
    await store.publish(namespace, { name, version: '1.0.0' })
  }
  await expect(deleteNamespaces(store.registry, store.call, ['empty', 'c', 'a'])).rejects.toMatchObject({
    code: 'namespace-not-empty',
    kind: 'not-empty',
    params: { namespace: 'a, c', charts: 3 },
  })
  expect(await find('empty')).toBeDefined()
  await deleteNamespaces(store.registry, store.call, ['empty', 'never-there', 'b'])
  expect(await find('empty')).toBeUndefined()
  expect(await find('b')).toBeUndefined()
})

test('throws for a single namespace that does not exist or has charts', async () => {
  await expect(deleteNamespace(store.registry, store.call, 'nowhere')).rejects.toMatchObject({
    code: 'namespace-missing',
    kind: 'missing',
  })
  await create('team')
  await store.publish('team', { name: 'x', version: '1.0.0' })
  await expect(deleteNamespace(store.registry, store.call, 'team')).rejects.toMatchObject({
    code: 'namespace-not-empty',
  })
})

function create(name: string, isPublic = false) {
  return createNamespace(store.registry, store.call, { name, public: isPublic })
}

function find(name: string) {
  return findNamespace(store.registry.database.read, store.instance, name)
}
