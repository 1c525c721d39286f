import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import type { ChartRow, NamespaceRow } from '../../db/schema.ts'
import { filesOf, rowsOf, uploadsOf } from '../../testing/look-inside.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findChart } from '../charts/chart-queries.ts'
import { findVersion, type VersionRecord } from '../charts/version-queries.ts'
import { findNamespace } from '../instances/namespace-queries.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
})
afterEach(() => store.close())

const nginx = { name: 'nginx', version: '1.0.0' }
const changed = { ...nginx, metadata: { description: 'changed' } }

test('publishes a new chart with its metadata', async () => {
  const chart = await makeChart({
    ...nginx,
    metadata: { home: 'https://example.org', icon: 'i.png', deprecated: true },
  })
  const published = await store.publish('team', {
    ...nginx,
    metadata: { home: 'https://example.org', icon: 'i.png', deprecated: true },
  })
  expect(published).toEqual({ outcome: 'created', ...nginx, fileName: 'nginx-1.0.0.tgz', digest: chart.sha256 })
  expect(await version()).toMatchObject({
    digest: `sha256:${chart.sha256}`,
    size: chart.bytes.length,
    provenance_digest: null,
    pushed_by: 'admin',
    protocol: 'management',
    created_at: store.registry.now(),
    file_name: 'nginx-1.0.0.tgz',
    metadata: { name: 'nginx', version: '1.0.0', home: 'https://example.org' },
  })
  expect(await chartRow()).toMatchObject({
    version_count: 1,
    latest_version: '1.0.0',
    home: 'https://example.org',
    icon: 'i.png',
    deprecated: 1,
    namespace_name: 'team',
  })
  expect(await namespaceRow()).toMatchObject({ chart_count: 1, revision: 1 })
  expect(await store.registry.blobs.size(`sha256:${chart.sha256}`)).toBe(chart.bytes.length)
})

test('publishing the same archive again changes nothing and passes every precondition', async () => {
  await store.publish('team', nginx)
  const before = await rowsOf(store)
  store.pass(60_000)
  for (const precondition of [undefined, { ifNoneMatch: true }, { ifMatch: '0'.repeat(64) }] as const) {
    expect(await store.publish('team', nginx, undefined, precondition)).toMatchObject({ outcome: 'unchanged' })
  }
  expect(await rowsOf(store)).toEqual(before)
  expect(await uploadsOf(store)).toEqual([])
})

test('a different archive replaces the version, keeps its ID and drops its provenance file', async () => {
  await store.publish('team', nginx, makeProvenance)
  const before = await version()
  expect(before?.provenance_size).toBeGreaterThan(100)
  store.pass(60_000)
  expect(await store.publish('team', changed)).toMatchObject({ outcome: 'replaced' })
  const after = await version()
  expect(after).toMatchObject({
    id: before?.id,
    provenance_digest: null,
    provenance_size: null,
    created_at: store.registry.now(),
  })
  expect(after?.digest).not.toBe(before?.digest)
  expect(await chartRow()).toMatchObject({
    version_count: 1,
    created_at: store.registry.now(),
    updated_at: store.registry.now(),
  })
  expect(await namespaceRow()).toMatchObject({ chart_count: 1, revision: 2 })
})

test('adds or replaces the provenance file of the same archive', async () => {
  await store.publish('team', nginx)
  const before = await version()
  store.pass(60_000)
  expect(await store.publish('team', nginx, makeProvenance, { ifNoneMatch: true })).toMatchObject({
    outcome: 'provenance-added',
  })
  const signed = await version()
  expect(signed).toMatchObject({ id: before?.id, digest: before?.digest, created_at: before?.created_at })
  expect(signed?.provenance_digest).toMatch(/^sha256:/)
  expect(await store.publish('team', nginx, makeProvenance)).toMatchObject({ outcome: 'unchanged' })
  expect(await store.publish('team', nginx, (chart) => `${makeProvenance(chart)}\n`)).toMatchObject({
    outcome: 'provenance-added',
  })
  expect((await version())?.provenance_digest).not.toBe(signed?.provenance_digest)
  expect(await store.publish('team', nginx)).toMatchObject({ outcome: 'unchanged' })
  expect((await version())?.provenance_digest).not.toBeNull()
})

test('rejects a provenance file of another archive and stores nothing', async () => {
  const wrong = [
    ['provenance-other-digest', { sha256: '0'.repeat(64) }],
    ['provenance-other-file', { fileName: 'other-1.0.0.tgz' }],
  ] as const
  for (const [code, overrides] of wrong) {
    const refused = store.publish('team', nginx, (chart) => makeProvenance(chart, overrides))
    await expect(refused).rejects.toMatchObject({ code: 'chart-refused', kind: 'chart', problem: { code } })
  }
  await expect(store.publish('team', nginx, 'no signature')).rejects.toMatchObject({
    problem: { code: 'provenance-not-signed' },
  })
  await expectNothing()
})

test('enforces preconditions', async () => {
  await expect(store.publish('team', nginx, undefined, { ifMatch: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'version-gone',
    kind: 'precondition',
  })
  await expectNothing()
  const { digest } = await store.publish('team', nginx, undefined, { ifNoneMatch: true })
  await expect(store.publish('team', changed, undefined, { ifNoneMatch: true })).rejects.toMatchObject({
    code: 'version-exists',
  })
  await expect(store.publish('team', changed, undefined, { ifMatch: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'version-changed',
  })
  expect(await version()).toMatchObject({ digest: `sha256:${digest}` })
  expect(await store.publish('team', changed, undefined, { ifMatch: digest })).toMatchObject({ outcome: 'replaced' })
})

test('computes the latest version by SemVer, and the times of the chart from its versions', async () => {
  const first = store.registry.now()
  for (const semver of ['1.9.0', '1.10.0', '1.10.0-rc.1', '0.1.0']) {
    await store.publish('team', { name: 'nginx', version: semver, metadata: { home: `https://${semver}` } })
    store.pass(1000)
  }
  expect(await chartRow()).toMatchObject({
    version_count: 4,
    latest_version: '1.10.0',
    home: 'https://1.10.0',
    created_at: first,
  })
  expect((await chartRow())?.updated_at).toBe(new Date(Date.parse(first) + 3000).toISOString())
})

test('rejects a version whose archive file name another chart uses', async () => {
  await store.publish('team', { name: 'foo-1', version: '2.0.0' })
  await expect(store.publish('team', { name: 'foo', version: '1-2.0.0' })).rejects.toMatchObject({
    code: 'file-name-taken',
    kind: 'conflict',
    params: { file: 'foo-1-2.0.0.tgz', chart: 'foo', version: '1-2.0.0', otherChart: 'foo-1', otherVersion: '2.0.0' },
  })
  await store.namespace('other')
  expect(await store.publish('other', { name: 'foo', version: '1-2.0.0' })).toMatchObject({ outcome: 'created' })
})

test('an immutable namespace accepts new versions and rejects replacements', async () => {
  await store.namespace('fixed', { immutable: true })
  const { digest } = await store.publish('fixed', nginx)
  await expect(store.publish('fixed', changed)).rejects.toMatchObject({ code: 'version-immutable', kind: 'immutable' })
  await expect(store.publish('fixed', changed, undefined, { ifMatch: digest })).rejects.toMatchObject({
    kind: 'immutable',
  })
  expect(await store.publish('fixed', nginx)).toMatchObject({ outcome: 'unchanged' })
  expect(await store.publish('fixed', nginx, makeProvenance)).toMatchObject({ outcome: 'provenance-added' })
  const another = store.publish('fixed', nginx, (chart) => `${makeProvenance(chart)}\n`)
  await expect(another).rejects.toMatchObject({ code: 'provenance-immutable' })
  expect(await store.publish('fixed', { ...nginx, version: '1.0.1' })).toMatchObject({ outcome: 'created' })
})

test('rejects an unknown namespace', async () => {
  await expect(store.publish('nowhere', nginx)).rejects.toMatchObject({
    code: 'namespace-missing',
    params: { namespace: 'nowhere' },
  })
  await expectNothing()
})

test('the quota counts charts, not versions, in all namespaces of the instance', async () => {
  await store.namespace('other')
  await store.registry.database.write(async (transaction) => {
    await transaction.updateTable('instances').set({ type: 'BASIC' }).execute()
    await transaction.updateTable('namespaces').set({ chart_count: 998 }).where('name', '=', 'other').execute()
  })
  await store.publish('team', nginx)
  await store.publish('team', { name: 'apache', version: '1.0.0' })
  await expect(store.publish('team', { name: 'caddy', version: '1.0.0' })).rejects.toMatchObject({
    code: 'chart-quota',
    kind: 'quota',
    params: { chart: 'caddy', limit: 1000 },
  })
  expect(await store.publish('team', { ...nginx, version: '2.0.0' })).toMatchObject({ outcome: 'created' })
  expect(await store.publish('team', changed)).toMatchObject({ outcome: 'replaced' })
})

async function namespaceRow(): Promise<NamespaceRow | undefined> {
  return findNamespace(store.registry.database.read, store.instance, 'team')
}

async function chartRow(): Promise<ChartRow | undefined> {
  return findChart(store.registry.database.read, (await namespaceRow())?.id ?? '', 'nginx')
}

async function version(): Promise<VersionRecord | undefined> {
  return findVersion(store.registry.database.read, (await chartRow())?.id ?? '', '1.0.0')
}

/** Expects no rows except that of the namespace, and no files. */
async function expectNothing(): Promise<void> {
  const { namespaces, ...others } = await rowsOf(store)
  expect(namespaces).toMatchObject([{ chart_count: 0, revision: 0 }])
  expect(others).toEqual({ charts: [], versions: [], archives: [], blobs: [], used_blobs: [] })
  expect(await filesOf(store)).toEqual([])
}
