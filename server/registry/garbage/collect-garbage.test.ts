import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { collectAll, DAY } from '../../testing/collect-all.ts'
import { copyVersions } from '../../testing/copy-versions.ts'
import { watchEventLoop } from '../../testing/longest-pause.ts'
import { filesOf, rowsOf } from '../../testing/look-inside.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { deleteChart } from '../deletion/delete-charts.ts'
import { deleteManifest } from '../deletion/delete-manifest.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { type Manifest, readManifest } from '../oci/read-manifest.ts'
import { appendToUpload, finishUpload } from '../oci/uploads.ts'
import { putManifest } from '../publishing/put-manifest.ts'
import { collectGarbage } from './collect-garbage.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

const nginx = { name: 'nginx', version: '1.0.0' }
const changed = { ...nginx, metadata: { description: 'changed' } }
const INDEX = 'application/vnd.oci.image.index.v1+json'
const IMAGE = 'application/vnd.oci.image.manifest.v1+json'

async function pushBlob(name: string, text: string): Promise<`sha256:${string}`> {
  const { id } = await store.registry.blobs.begin()
  const bytes = new TextEncoder().encode(text)
  const { digest } = await appendToUpload(store.registry, id, once(bytes), undefined)
  if (!digest) throw new Error('The store returned no digest.')
  await finishUpload(store.registry, store.call, { namespace: 'team', name }, { id, digest })
  return digest
}

/** Pushes a manifest with the given fields to `team/<name>` and returns it. */
async function put(name: string, fields: object, options: { tag?: string; type?: string } = {}): Promise<Manifest> {
  const { type = IMAGE, tag = null } = options
  const text = JSON.stringify({ schemaVersion: 2, mediaType: type, ...fields })
  const manifest = readManifest(new TextEncoder().encode(text), type)
  await putManifest(store.registry, store.call, { namespace: await team(), name, manifest, tag, alias: null })
  return manifest
}

async function putImage(name: string, text: string, options: { tag?: string } = {}, fields = {}): Promise<Manifest> {
  const config = { mediaType: 'text/plain', digest: await pushBlob(name, text), size: text.length }
  return put(name, { config, layers: [], ...fields }, options)
}

async function team() {
  const namespace = await findNamespace(store.registry.database.read, store.instance, 'team')
  if (!namespace) throw new Error('The namespace is gone.')
  return namespace
}

function descriptor({ mediaType, digest, size }: Manifest): object {
  return { mediaType, digest, size }
}

async function manifests(): Promise<string[]> {
  const rows = await store.registry.database.read.selectFrom('manifests').select('digest').execute()
  return rows.map(({ digest }) => digest).sort()
}

describe('keeps referenced content', () => {
  test('charts, their provenance files and their manifests', async () => {
    await store.publish('team', nginx, makeProvenance)
    const [files, rows] = [await filesOf(store), await rowsOf(store)]
    await collectAll(store)
    expect(await filesOf(store)).toEqual(files)
    expect(await rowsOf(store)).toEqual(rows)
  })

  test('a tagged image, an index with its images, and their referrers', async () => {
    const image = await putImage('app', 'tagged', { tag: 'v1' })
    const child = await putImage('app', 'child')
    await put('app', { manifests: [descriptor(child)] }, { tag: 'list', type: INDEX })
    const signature = await putImage('app', 'signature', {}, { subject: descriptor(image) })
    const sbomOfSignature = await putImage('app', 'about the signature', {}, { subject: descriptor(signature) })
    const before = await manifests()
    await collectAll(store)
    expect(await manifests()).toEqual(before)
    expect(before).toContain(sbomOfSignature.digest)
    expect(await filesOf(store)).toHaveLength(4)
  })
})

describe('deletes after the grace period', () => {
  test('a deleted chart', async () => {
    await store.publish('team', nginx, makeProvenance)
    store.pass(30 * DAY)
    await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
    store.pass(DAY - 1)
    await collectGarbage(store.registry)
    await collectGarbage(store.registry)
    expect(await filesOf(store)).toHaveLength(3)
    await collectAll(store)
    expect(await filesOf(store)).toEqual([])
    const { namespaces: _, ...others } = await rowsOf(store)
    expect(others).toEqual({ charts: [], versions: [], archives: [], blobs: [], used_blobs: [] })
    expect(await store.registry.database.read.selectFrom('repositories').selectAll().execute()).toEqual([])
  })

  test('the former content of a version, once the version is deleted', async () => {
    await store.publish('team', nginx)
    await store.publish('team', changed)
    await collectAll(store)
    expect(await manifests()).toHaveLength(2)
    expect(await filesOf(store)).toHaveLength(4)
    expect((await rowsOf(store)).archives).toHaveLength(1)
    await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
    await collectAll(store)
    expect(await manifests()).toEqual([])
    expect(await filesOf(store)).toEqual([])
  })

  test('an untagged manifest and a blob without a manifest', async () => {
    await putImage('app', 'never tagged')
    await pushBlob('app', 'never used')
    store.pass(DAY - 1)
    await collectGarbage(store.registry)
    expect(await manifests()).toHaveLength(1)
    expect(await filesOf(store)).toHaveLength(2)
    await collectAll(store)
    expect(await manifests()).toEqual([])
    expect(await filesOf(store)).toEqual([])
  })

  test('the referrers of a deleted manifest', async () => {
    const image = await putImage('app', 'image', { tag: 'v1' })
    await putImage('app', 'signature', {}, { subject: descriptor(image) })
    store.pass(30 * DAY)
    const reference = { digest: image.digest }
    await deleteManifest(store.registry, store.call, { namespace: await team(), name: 'app', reference })
    await collectGarbage(store.registry)
    expect(await manifests()).toHaveLength(1)
    await collectAll(store)
    expect(await manifests()).toEqual([])
  })

  test('an image of one repository but not its copy in another', async () => {
    await putImage('one', 'shared', { tag: 'v1' })
    const two = await putImage('two', 'shared', { tag: 'v1' })
    const reference = { tag: 'v1' }
    await deleteManifest(store.registry, store.call, { namespace: await team(), name: 'one', reference })
    await collectAll(store)
    expect(await manifests()).toEqual([two.digest])
    expect(await filesOf(store)).toHaveLength(1)
  })

  test('an abandoned upload', async () => {
    const [abandoned, fresh] = [await store.registry.blobs.begin(), await store.registry.blobs.begin()]
    const longAgo = new Date(Date.now() - DAY - 1000)
    await utimes(join(store.folder, 'blobs', 'uploads', abandoned.id), longAgo, longAgo)
    await collectGarbage(store.registry)
    expect(await filesOf(store)).toEqual([fresh.id])
  })
})

test('a blob becomes a candidate before it is deleted, and publishing makes it live again', async () => {
  await store.publish('team', nginx)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  const states = async () => {
    const rows = await store.registry.database.read.selectFrom('blobs').select('state').execute()
    return [...new Set(rows.map(({ state }) => state))]
  }
  store.pass(DAY + 1)
  await collectGarbage(store.registry)
  expect(await states()).toEqual(['candidate'])
  await store.publish('team', nginx)
  expect(await states()).toEqual(['live'])
  const files = await filesOf(store)
  await collectAll(store)
  expect(await filesOf(store)).toEqual(files)
})

test('finishes the deletions of a crashed process', async () => {
  await store.publish('team', nginx)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  await store.registry.database.write(async (transaction) => {
    await transaction.deleteFrom('archives').execute()
    await transaction.deleteFrom('repositories').execute()
    await transaction.updateTable('blobs').set({ state: 'deleting', touched_at: store.registry.now() }).execute()
  })
  await collectGarbage(store.registry)
  expect(await filesOf(store)).toHaveLength(2)
  store.pass(60_001)
  await collectGarbage(store.registry)
  expect(await filesOf(store)).toEqual([])
  expect((await rowsOf(store)).blobs).toEqual([])
})

test('collects more rows than fit into one slice', async () => {
  const { id: namespace_id } = await team()
  await store.registry.database.write(async (transaction) => {
    for (const id of ['one', 'two']) {
      const names = { name: id, full_name: `team/${id}` }
      const row = { id, ...names, instance_id: store.instance, namespace_id, created_at: '', updated_at: '' }
      await transaction.insertInto('repositories').values(row).execute()
    }
    const digests = Array.from({ length: 1200 }, (_, at) => `sha256:${at.toString(16).padStart(64, '0')}` as const)
    const blobs = digests.map((digest) => ({ digest, size: 1, state: 'candidate', touched_at: '' }) as const)
    await transaction.insertInto('blobs').values(blobs).execute()
    for (const repository_id of ['one', 'two']) {
      const links = digests.map((digest) => ({ repository_id, digest, touched_at: '' }))
      await transaction.insertInto('repository_blobs').values(links).execute()
    }
  })
  expect(await collectGarbage(store.registry)).toEqual({ manifests: 0, archives: 0, blobs: 1200, bytes: 1200 })
  expect(await store.registry.database.read.selectFrom('repositories').selectAll().execute()).toEqual([])
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

test('deletes many rows in few transactions without blocking the event loop', async () => {
  await store.publish('team', nginx)
  await copyVersions(store.registry, 2999)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  store.pass(2 * DAY)
  const { database } = store.registry
  let transactions = 0
  const write: typeof database.write = (change) => {
    transactions++
    return database.write(change)
  }
  const counted = { ...store.registry, database: { ...database, write } }
  const { longestPause } = await watchEventLoop(async () => {
    for (let run = 0; run < 2; run++) await collectGarbage(counted)
  })
  const { namespaces: _, ...others } = await rowsOf(store)
  expect(others).toEqual({ charts: [], versions: [], archives: [], blobs: [], used_blobs: [] })
  expect(transactions).toBeLessThan(1000)
  expect(longestPause).toBeLessThan(250)
})
