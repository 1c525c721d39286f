import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { versionOrderKey } from '../../../chart/version.ts'
import { openSqlite } from '../../db/database.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { newId } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'
import { deleteVersions } from '../deletion/delete-versions.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { type IndexBody, namespaceIndex } from './namespace-index.ts'
import type { Piece } from './write-index.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

async function row(): Promise<NamespaceRow> {
  const found = await findNamespace(store.registry.database.read, store.instance, 'team')
  if (!found) throw new Error('The namespace is deleted.')
  return found
}

async function entries(registry: Registry = store.registry): Promise<Record<string, { version: string }[]>> {
  return JSON.parse(await textOf(await namespaceIndex(registry, await row()))).entries
}

async function textOf({ pieces }: IndexBody): Promise<string> {
  const bytes: Uint8Array[] = []
  const add = async (pieces: Iterable<Piece> | AsyncIterable<Piece>) => {
    for await (const piece of pieces) {
      if (piece instanceof Uint8Array) bytes.push(piece)
      else await add(piece)
    }
  }
  await add(pieces())
  return Buffer.concat(bytes).toString()
}

const versions = async (name: string, registry?: Registry) =>
  (await entries(registry))[name]?.map(({ version }) => version)

/** Changes stored entries without a new revision, so that they show only if they are read again. */
async function mark(name: string): Promise<void> {
  await store.registry.database.write((transaction) =>
    transaction.updateTable('archives').set({ index_entry: '{"version":"marked"}' }).where('name', '=', name).execute(),
  )
}

/** Inserts a copy of version 1.0.0 as `0.<minor>.0`, with a predictable archive ID. */
async function copyVersion(minor: number): Promise<void> {
  const version = `0.${minor}.0`
  await store.registry.database.write(async (transaction) => {
    const archive = await transaction
      .selectFrom('archives')
      .selectAll()
      .where('version', '=', '1.0.0')
      .executeTakeFirstOrThrow()
    const original = await transaction
      .selectFrom('versions')
      .selectAll()
      .where('version', '=', '1.0.0')
      .executeTakeFirstOrThrow()
    const archive_id = `00000000-0000-4000-8000-${minor.toString(16).padStart(12, '0')}`
    const index_entry = JSON.stringify({ version })
    await transaction
      .insertInto('archives')
      .values({ ...archive, id: archive_id, version, index_entry })
      .execute()
    const order_key = versionOrderKey(version)
    const own = {
      id: newId(),
      version,
      folded_version: version,
      order_key,
      file_name: `nginx-${version}.tgz`,
      archive_id,
    }
    await transaction
      .insertInto('versions')
      .values({ ...original, ...own, manifest_id: null })
      .execute()
  })
}

test('returns the cached index while nothing changes', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  const first = await namespaceIndex(store.registry, await row())
  expect(await namespaceIndex(store.registry, await row())).toBe(first)
})

test('reads only changed charts again', async () => {
  for (const name of ['apache', 'nginx', 'redis']) await store.publish('team', { name, version: '1.0.0' })
  await entries()
  for (const name of ['apache', 'redis']) await mark(name)
  await store.publish('team', { name: 'nginx', version: '2.0.0' })
  expect(await entries()).toMatchObject({
    apache: [{ version: '1.0.0' }],
    nginx: [{ version: '2.0.0' }, { version: '1.0.0' }],
    redis: [{ version: '1.0.0' }],
  })
  expect(await versions('redis', { ...store.registry })).toEqual(['marked'])
})

test('reads only the chunk of a changed version again', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  const minors = Array.from({ length: 200 }, (_, index) => 199 - index)
  for (const minor of minors) await copyVersion(minor)
  const before = minors.map((minor) => `0.${minor}.0`)
  const isNear = (minor: number) => minor >= 64 && minor < 128
  expect(await versions('nginx')).toEqual(['1.0.0', ...before])
  await mark('nginx')
  await deleteVersions(store.registry, store.call, { namespace: 'team', chart: 'nginx', versions: ['0.100.0'] })
  const after = before.map((version, index) => (isNear(199 - index) ? 'marked' : version))
  expect(await versions('nginx')).toEqual(['1.0.0', ...after.toSpliced(minors.indexOf(100), 1)])
})

test('removes deleted charts and inserts new ones in order', async () => {
  for (const name of ['apache', 'nginx', 'redis']) await store.publish('team', { name, version: '1.0.0' })
  await entries()
  const deleted = { namespace: 'team', chart: 'nginx', versions: ['1.0.0'] }
  await deleteVersions(store.registry, store.call, deleted)
  await store.publish('team', { name: 'memcached', version: '1.0.0' })
  expect(Object.keys(await entries())).toEqual(['apache', 'memcached', 'redis'])
})

test('reads more charts than fit into one query', async () => {
  const names = Array.from({ length: 205 }, (_, number) => `chart-${number}`)
  for (const name of names) await store.publish('team', { name, version: '1.0.0' })
  await store.publish('team', { name: 'chart-7', version: '2.0.0' })
  const found = await entries()
  expect(Object.keys(found)).toEqual(names.toSorted())
  expect(found['chart-7']).toHaveLength(2)
  expect(found['chart-70']).toMatchObject([{ name: 'chart-70', version: '1.0.0' }])
})

test('includes writes of another process', async () => {
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  const database = await openSqlite(join(store.folder, 'chartroom.db'))
  const other: Registry = { ...store.registry, database }
  expect(await versions('nginx', other)).toEqual(['1.0.0'])
  await store.publish('team', { name: 'nginx', version: '2.0.0' })
  expect(await versions('nginx', other)).toEqual(['2.0.0', '1.0.0'])
  await database.close()
})

test('returns a newer index with its own entity tag for an outdated namespace row', async () => {
  const before = await row()
  await store.publish('team', { name: 'nginx', version: '1.0.0' })
  const index = await namespaceIndex(store.registry, before)
  const now = await namespaceIndex(store.registry, await row())
  expect([index.entityTag, await textOf(index)]).toEqual([now.entityTag, await textOf(now)])
})
