import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import type { ManifestRow } from '../../db/schema.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { deleteChart } from '../deletion/delete-charts.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { findTagged } from '../oci/manifest-queries.ts'
import { makeMissingManifests } from './make-missing-manifests.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

const nginx = { name: 'nginx', version: '1.0.0' }

/** Deletes everything that versions did not have in releases without manifests. */
async function deleteManifests(): Promise<void> {
  await store.registry.database.write(async (transaction) => {
    await transaction.updateTable('versions').set({ manifest_id: null }).execute()
    const used = await transaction.selectFrom('manifest_blobs').select('digest').execute()
    await transaction.deleteFrom('repositories').execute()
    for (const { digest } of used) {
      await transaction
        .updateTable('used_blobs')
        .set((eb) => ({ uses: eb('uses', '-', 1) }))
        .where('digest', '=', digest)
        .execute()
    }
    await transaction.deleteFrom('used_blobs').where('uses', '<=', 0).execute()
  })
}

async function tagged(tag: string): Promise<ManifestRow | undefined> {
  const { read } = store.registry.database
  const namespace = await findNamespace(read, store.instance, 'team')
  return findTagged(read, { namespaceId: namespace?.id ?? '', name: 'nginx' }, tag)
}

test('creates for old versions the same manifests as for new ones', async () => {
  await store.publish('team', nginx, makeProvenance)
  await store.publish('team', { ...nginx, version: '1.1.0+build.7' })
  await store.publish('team', { name: 'Not For OCI', version: '1.0.0' })
  const before = [await tagged('1.0.0'), await tagged('1.1.0_build.7')]
  const uses = await store.registry.database.read.selectFrom('used_blobs').selectAll().orderBy('digest').execute()
  await deleteManifests()
  expect(await tagged('1.0.0')).toBeUndefined()
  expect(await makeMissingManifests(store.registry)).toBe(2)
  const after = [await tagged('1.0.0'), await tagged('1.1.0_build.7')]
  expect(after.map((row) => row?.content)).toEqual(before.map((row) => row?.content))
  expect(after[0]).toMatchObject({ pushed_by: 'admin', protocol: 'management' })
  expect(await store.registry.database.read.selectFrom('used_blobs').selectAll().orderBy('digest').execute()).toEqual(
    uses,
  )
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  expect(await tagged('1.0.0')).toBeUndefined()
})

test('creates nothing if no manifest is missing', async () => {
  await store.publish('team', nginx)
  const before = await tagged('1.0.0')
  expect(await makeMissingManifests(store.registry)).toBe(0)
  expect(await tagged('1.0.0')).toEqual(before)
})
