import { randomBytes } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import { DAY } from '../../testing/collect-all.ts'
import { blobFile, damageBlob } from '../../testing/damage-blob.ts'
import { filesOf } from '../../testing/look-inside.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { pinBlob } from '../blobs/pin-blob.ts'
import { stageUpload } from '../publishing/stage-archive.ts'
import { collectGarbage } from './collect-garbage.ts'
import { sweepOrphans } from './sweep-orphans.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

/** Runs both jobs, as the server does. */
async function sweepAndCollect() {
  await sweepOrphans(store.registry, new Date(Date.now() - store.registry.grace).toISOString())
  return collectGarbage(store.registry)
}

/** Commits a blob without a row, like a process that crashes in between. */
async function orphan(bytes: Uint8Array = randomBytes(100)): Promise<Digest> {
  const { upload } = await stageUpload(store.registry, once(bytes), bytes.length)
  return (await store.registry.blobs.commit(upload)).digest
}

async function age(digest: Digest, milliseconds: number): Promise<void> {
  const then = new Date(Date.now() - milliseconds)
  await utimes(blobFile(store, digest), then, then)
}

const nginx = { name: 'nginx', version: '1.0.0' }

test('deletes a blob without a row after the grace period', async () => {
  const [old, young] = [await orphan(), await orphan()]
  await age(old, DAY + 1000)
  await age(young, DAY - 60_000)
  const { digest } = await store.publish('team', nginx)
  const { blobs, bytes } = await sweepAndCollect()
  expect({ blobs, bytes }).toEqual({ blobs: 1, bytes: 100 })
  const files = await filesOf(store)
  expect(files).not.toContain(hexOfDigest(old))
  expect(files).toEqual(expect.arrayContaining([hexOfDigest(young), digest]))
})

test('keeps a pinned blob without a row, however old it is', async () => {
  const digest = await orphan()
  await age(digest, 2 * DAY)
  {
    using _pin = await pinBlob(store.registry, digest)
    await sweepAndCollect()
    expect(await filesOf(store)).toContain(hexOfDigest(digest))
  }
  await sweepAndCollect()
  expect(await filesOf(store)).not.toContain(hexOfDigest(digest))
})

test('the grace period of a blob begins with its commit, not with its upload', async () => {
  const { upload } = await stageUpload(store.registry, once(randomBytes(10)), 10)
  const longAgo = new Date(Date.now() - 2 * DAY)
  await utimes(join(store.folder, 'blobs', 'uploads', upload), longAgo, longAgo)
  const { digest } = await store.registry.blobs.commit(upload)
  await sweepAndCollect()
  expect(await filesOf(store)).toContain(hexOfDigest(digest))
})

test('publishing replaces a truncated orphan of the same digest', async () => {
  const { bytes } = await makeChart(nginx)
  const digest = await orphan(bytes)
  await damageBlob(store, digest, 'truncated')
  await age(digest, DAY + 1000)
  using _pin = await pinBlob(store.registry, digest)
  await sweepAndCollect()
  await store.publish('team', nginx)
  const row = await store.registry.database.read
    .selectFrom('blobs')
    .select(['size', 'state'])
    .where('digest', '=', digest)
    .executeTakeFirst()
  expect(row).toEqual({ size: bytes.length, state: 'live' })
  expect(await store.registry.blobs.size(digest)).toBe(bytes.length)
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
