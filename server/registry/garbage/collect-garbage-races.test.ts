import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import { collectAll } from '../../testing/collect-all.ts'
import { filesOf, rowsOf } from '../../testing/look-inside.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { pinBlob } from '../blobs/pin-blob.ts'
import { deleteChart } from '../deletion/delete-charts.ts'
import { collectGarbage } from './collect-garbage.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

const nginx = { name: 'nginx', version: '1.0.0' }

test('acknowledged pushes keep their blobs during garbage collection without a grace period', async () => {
  await store.close()
  store = await openTestRegistry({ grace: 0 })
  await store.namespace('team')
  let pushing = true
  const collector = (async () => {
    let collected = 0
    while (pushing) {
      store.pass(1)
      collected += (await collectGarbage(store.registry)).blobs
    }
    return collected
  })()
  // Repeats the same few charts, so that their blobs go through all states and back.
  const push = async (worker: number) => {
    for (let round = 0; round < 24; round++) {
      const chart = { name: `chart-${worker % 2}`, version: '1.0.0', metadata: { description: `${round % 2}` } }
      await store.publish('team', chart)
      if (round % 3 === worker % 3) {
        await deleteChart(store.registry, store.call, { namespace: 'team', name: chart.name }).catch(() => undefined)
      }
    }
  }
  await Promise.all([0, 1, 2, 3].map(push))
  for (const worker of [0, 1]) await store.publish('team', { name: `chart-${worker}`, version: '9.0.0' })
  pushing = false
  expect(await collector).toBeGreaterThan(0)
  store.pass(1)
  await collectGarbage(store.registry)
  await expectConsistent()
  await collectAll(store)
  await expectConsistent()
  expect((await rowsOf(store)).versions.length).toBeGreaterThanOrEqual(2)
})

test('does not collect a pinned blob', async () => {
  const { digest } = await store.publish('team', nginx)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  {
    using _pin = await pinBlob(store.registry, `sha256:${digest}`)
    await collectAll(store)
    expect(await filesOf(store)).toEqual([digest])
  }
  await collectAll(store)
  expect(await filesOf(store)).toEqual([])
})

/** Expects that all blobs of versions and manifests exist, and that every blob in the store has a row. */
async function expectConsistent(): Promise<void> {
  const { read } = store.registry.database
  const files = new Set(await filesOf(store))
  const referenced = await read
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .select('archives.digest')
    .unionAll(read.selectFrom('manifest_blobs').select('digest'))
    .execute()
  for (const { digest } of referenced) expect(files).toContain(hexOfDigest(digest))
  const known = await read.selectFrom('blobs').select('digest').execute()
  expect([...files].sort()).toEqual(known.map(({ digest }) => hexOfDigest(digest)).sort())
}

test('publishing a collected chart again stores its blob again', async () => {
  const { bytes, sha256 } = await makeChart(nginx)
  await store.publish('team', nginx)
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  await collectAll(store)
  await store.publish('team', nginx)
  expect(await store.registry.blobs.size(`sha256:${sha256}`)).toBe(bytes.length)
})
