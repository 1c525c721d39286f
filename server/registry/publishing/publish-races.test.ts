import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { UploadNotFoundError } from '../../blobs/blob-store.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import { filesOf, rowsOf, uploadsOf } from '../../testing/look-inside.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { isPinned } from '../blobs/pin-blob.ts'
import { deleteChart } from '../deletion/delete-charts.ts'
import { publishChart } from './publish-chart.ts'
import { stageArchive } from './stage-archive.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

const nginx = { name: 'nginx', version: '1.0.0' }

test('one of many concurrent publications with If-None-Match succeeds', async () => {
  const attempts = Array.from({ length: 12 }, (_, index) =>
    store.publish('team', { ...nginx, metadata: { description: `attempt ${index}` } }, undefined, {
      ifNoneMatch: true,
    }),
  )
  const results = await Promise.allSettled(attempts)
  const won = results.filter((result) => result.status === 'fulfilled')
  expect(won).toHaveLength(1)
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'version-exists' })
  }
  const archive = `sha256:${won[0]?.value.digest}` as const
  const used = (await rowsOf(store)).used_blobs
  // The archive by the version and by its manifest; the config of the manifest.
  expect(used).toHaveLength(2)
  expect(used).toContainEqual(expect.objectContaining({ digest: archive, uses: 2 }))
  expect(await uploadsOf(store)).toEqual([])
  await expectAllBlobsKnown()
})

test('one of many concurrent publications with the same If-Match succeeds', async () => {
  const { digest } = await store.publish('team', nginx)
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) =>
      store.publish('team', { ...nginx, metadata: { description: `attempt ${index}` } }, undefined, {
        ifMatch: digest,
      }),
    ),
  )
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  await expectAllBlobsKnown()
})

test('all concurrent publications without a precondition succeed, with correct counts', async () => {
  const versions = Array.from({ length: 20 }, (_, index) => `1.${index % 10}.0`)
  await Promise.all(
    versions.map((version, index) =>
      store.publish('team', { name: 'nginx', version: version, metadata: { description: String(index) } }),
    ),
  )
  const { charts, namespaces, used_blobs } = await rowsOf(store)
  expect(charts).toMatchObject([{ version_count: 10, latest_version: '1.9.0' }])
  expect(namespaces).toMatchObject([{ chart_count: 1, revision: 20 }])
  // A current archive is used by its version and its manifest, a replaced one only by its old manifest.
  const uses = Map.groupBy(used_blobs as { uses: number }[], (row) => row.uses)
  expect(uses.get(2)).toHaveLength(10)
  expect(used_blobs).toHaveLength(40)
})

test('publishing makes a candidate for garbage collection live again', async () => {
  const { digest } = await store.publish('team', nginx)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  await store.registry.database.write((transaction) =>
    transaction.updateTable('blobs').set({ state: 'candidate' }).execute(),
  )
  store.pass(60_000)
  await store.publish('team', nginx)
  const row = await store.registry.database.read.selectFrom('blobs').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ digest: `sha256:${digest}`, state: 'live', touched_at: store.registry.now() })
})

test('publishing waits for the deletion of the same blob', async () => {
  const { digest } = await store.publish('team', nginx)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  await store.registry.database.write(async (transaction) => {
    await transaction.deleteFrom('archives').execute()
    await transaction.deleteFrom('repositories').execute()
    await transaction.updateTable('blobs').set({ state: 'deleting' }).execute()
  })
  const publishing = store.publish('team', nginx)
  await expect.poll(() => isPinned(store.registry, `sha256:${digest}`)).toBe(true)
  await store.registry.blobs.remove(`sha256:${digest}`)
  await store.registry.database.write((transaction) => transaction.deleteFrom('blobs').execute())
  expect(await publishing).toMatchObject({ outcome: 'created' })
  expect(await store.registry.blobs.size(`sha256:${digest}`)).toBeGreaterThan(0)
})

test('a failed commit of the blob leaves no rows', async () => {
  const archive = await stageArchive(store.registry, once((await makeChart(nginx)).bytes))
  await rm(join(store.folder, 'blobs', 'uploads'), { recursive: true })
  await mkdir(join(store.folder, 'blobs', 'uploads'))
  await expect(publishChart(store.registry, store.call, { namespace: 'team', archive })).rejects.toThrow(
    UploadNotFoundError,
  )
  await expectNothingPublished()
  expect(await filesOf(store)).toEqual([])
})

test('a crash after staging leaves no rows, and an upload that is discarded later', async () => {
  await stageArchive(store.registry, once((await makeChart(nginx)).bytes))
  expect(await uploadsOf(store)).toHaveLength(1)
  expect((await rowsOf(store)).versions).toEqual([])
  await store.registry.blobs.discardUploads(new Date(Date.now() + 1000).toISOString())
  await expectNothingPublished()
  expect(await filesOf(store)).toEqual([])
})

test('a crash between blobs and rows leaves no rows, and publishing again succeeds', async () => {
  const staged = await stageArchive(store.registry, once((await makeChart(nginx)).bytes))
  await store.registry.blobs.commit(staged.upload)
  expect((await rowsOf(store)).versions).toEqual([])
  expect(await store.publish('team', nginx)).toMatchObject({ outcome: 'created' })
})

async function expectNothingPublished(): Promise<void> {
  expect(await rowsOf(store)).toMatchObject({ charts: [], versions: [], archives: [], blobs: [], used_blobs: [] })
}

/** Every blob in the store has a row, so that blobs of failed publications can be collected. */
async function expectAllBlobsKnown(): Promise<void> {
  const rows = await store.registry.database.read.selectFrom('blobs').select('digest').execute()
  expect(await filesOf(store)).toEqual(rows.map(({ digest }) => hexOfDigest(digest)).sort())
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
