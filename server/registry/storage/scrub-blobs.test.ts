import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { collectAll } from '../../testing/collect-all.ts'
import { blobFile, damageBlob } from '../../testing/damage-blob.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { isStored, type Pace } from '../blobs/stored-blobs.ts'
import { deleteChart } from '../deletion/delete-charts.ts'
import { type Scrub, scrubBlobs } from './scrub-blobs.ts'

let store: TestRegistry
let found: Record<string, BlobDamage>

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
  found = {}
})
afterEach(() => store.close())

const atOnce: Pace = async () => undefined

/** Returns the digest of the last blob checked, as the progress of the run. */
async function scrub({ pace = atOnce, after = null, signal = new AbortController().signal }: Partial<Scrub> = {}) {
  let position: Digest | null = null
  await scrubBlobs(store.registry, {
    after,
    pace,
    signal,
    onDamage: ({ digest }, damage) => {
      found[digest] = damage
    },
    onProgress: async (digest) => {
      position = digest
    },
  })
  return position as Digest | null // assigned in a callback
}

async function publish(count: number): Promise<string[]> {
  const digests = []
  for (let number = 0; number < count; number++) {
    const { digest } = await store.publish('team', { name: `chart-${number}`, version: '1.0.0' })
    digests.push(`sha256:${digest}`)
  }
  return digests.sort()
}

const recorded = async () => {
  const rows = await store.registry.database.read.selectFrom('damaged_blobs').select(['digest', 'damage']).execute()
  return Object.fromEntries(rows.map(({ digest, damage }) => [digest, damage]))
}

test('finds, reports and records missing, truncated and altered blobs', async () => {
  const [first = '', second = '', third = ''] = await publish(4)
  await damageBlob(store, first, 'missing')
  await damageBlob(store, second, 'truncated')
  await damageBlob(store, third, 'altered')
  await scrub()
  const damage = { [first]: 'missing', [second]: 'wrong-size', [third]: 'altered' }
  expect(found).toEqual(damage)
  expect(await recorded()).toEqual(damage)
})

test('resumes an aborted run', async () => {
  await publish(6)
  const blobs = await store.registry.database.read.selectFrom('blobs').select(['digest', 'size']).execute()
  let checked = 0
  const stopping = new AbortController()
  const position = await scrub({
    pace: async () => void (++checked >= 5 && stopping.abort()),
    signal: stopping.signal,
  })
  const left = blobs.filter(({ digest }) => digest > (position ?? ''))
  expect(left.length).toBeGreaterThan(0)
  expect(left.length).toBeLessThan(blobs.length)
  for (const { digest } of left) await damageBlob(store, digest, 'altered')
  await scrub({ after: position })
  expect(Object.keys(found).sort()).toEqual(left.map(({ digest }) => digest).sort())
})

test('clears damage once the blob is restored, by an operator or a push', async () => {
  const [first = '', second = ''] = await publish(2)
  const bytes = await readFile(blobFile(store, first))
  await damageBlob(store, first, 'altered')
  await damageBlob(store, second, 'altered')
  await scrub()
  expect(Object.keys(await recorded())).toEqual([first, second])
  await writeFile(blobFile(store, first), bytes)
  // Restores the second blob.
  await publish(2)
  await scrub()
  expect(await recorded()).toEqual({})
})

test('a push that restores the blob during the check leaves no record of damage', async () => {
  const [digest = ''] = await publish(1)
  const size = (await readFile(blobFile(store, digest))).length
  await damageBlob(store, digest, 'altered')
  // Publishes between the first and the second check: the pace is awaited after each piece.
  let pieces = 0
  await scrub({
    pace: async () => {
      if (++pieces === 3) await publish(1)
    },
  })
  await publish(1)
  expect(await recorded()).toEqual({})
  expect(await isStored(store.registry, { digest: digest as `sha256:${string}`, size })).toBe(true) // it has the prefix
})

test('deletes the record of damage with the blob', async () => {
  const [digest = ''] = await publish(1)
  await damageBlob(store, digest, 'altered')
  await scrub()
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'chart-0' })
  await collectAll(store)
  expect(await recorded()).toEqual({})
})
