import { createHash } from 'node:crypto'
import { rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart, type TestChartOptions } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string
beforeEach(async () => {
  server = await openTestApp()
  path = `/console/instances/${server.instance}/namespaces/team/upload-preview`
  await server.namespace('team')
})
afterEach(() => server.close())

async function fileOf(options: TestChartOptions, provenance: string | null = null) {
  const { fileName, sha256, name, version } = await describeChart(options)
  return { fileName, sha256, provenanceSha256: provenance && sha256Of(provenance), chart: { name, version } }
}

async function describeChart(options: TestChartOptions) {
  const chart = await makeChart(options)
  return { fileName: chart.fileName, sha256: chart.sha256, name: chart.name, version: chart.version }
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

async function effects(files: readonly unknown[]) {
  const answer = await server.ask('POST', path, { body: { files } })
  expect(answer.status).toBe(200)
  const { items } = await answer.json()
  return items
}

const kindsOf = async (files: readonly unknown[]) =>
  (await effects(files)).map(({ effect }: { effect: { kind: string; reason?: string } }) =>
    effect.kind === 'refused' ? effect.reason : effect.kind,
  )

test('distinguishes new, identical and replacing files, in the requested order', async () => {
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  const same = await fileOf({ name: 'nginx', version: '1.0.0' })
  const other = await fileOf({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'a: 1' } })
  const fresh = await fileOf({ name: 'nginx', version: '1.0.1' })
  const items = await effects([other, fresh, same])
  const present = { digest: same.sha256, pushed: expect.stringMatching(/Z$/), provenanceDigest: null }
  expect(items).toEqual([
    { fileName: other.fileName, sha256: other.sha256, present, effect: { kind: 'replaced' } },
    { fileName: fresh.fileName, sha256: fresh.sha256, present: null, effect: { kind: 'created' } },
    { fileName: same.fileName, sha256: same.sha256, present, effect: { kind: 'unchanged' } },
  ])
})

test('predicts the effect on the provenance file', async () => {
  const provenance = makeProvenance(await makeChart({ name: 'nginx', version: '1.0.0' }))
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  expect(await kindsOf([await fileOf({ name: 'nginx', version: '1.0.0' }, provenance)])).toEqual(['provenance-added'])
  await server.publish('team', { name: 'nginx', version: '1.0.0' }, provenance)
  const [item] = await effects([await fileOf({ name: 'nginx', version: '1.0.0' }, provenance)])
  expect(item).toMatchObject({ effect: { kind: 'unchanged' }, present: { provenanceDigest: sha256Of(provenance) } })
})

test('rejects replacing in an immutable namespace, with a message in the requested language', async () => {
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  await server.ask('PUT', `/console/instances/${server.instance}/namespaces/team/policy`, { body: { immutable: true } })
  const other = await fileOf({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'a: 1' } })
  expect(await kindsOf([other, await fileOf({ name: 'nginx', version: '1.0.0' })])).toEqual(['immutable', 'unchanged'])
  const headers = { 'Accept-Language': 'zh-CN' }
  const [item] = (await (await server.ask('POST', path, { body: { files: [other] }, headers })).json()).items
  expect(item.effect.message).toMatch(/不可变/)
})

test('names the version that has the file name', async () => {
  await server.publish('team', { name: 'foo-1', version: '2.0.0' })
  const [item] = await effects([await fileOf({ name: 'foo', version: '1-2.0.0' })])
  expect(item).toMatchObject({ present: null, effect: { kind: 'refused', reason: 'clash' } })
  expect(item.effect.message).toContain('foo-1')
})

test('identifies an archive that the browser could not open by its file name', async () => {
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  const sealed = { ...(await fileOf({ name: 'nginx', version: '1.0.0' })), chart: null }
  expect(await kindsOf([sealed, { ...sealed, fileName: 'other-1.0.0.tgz' }])).toEqual(['unchanged', 'created'])
})

test.each([
  ['missing', (file: string) => rm(file)],
  ['truncated', (file: string) => truncate(file, 10)],
])('predicts that the same bytes restore a version whose archive is %s', async (_, damage) => {
  const { digest } = await server.publish('team', { name: 'nginx', version: '1.0.0' })
  await damage(join(server.folder, 'blobs', 'sha256', digest.slice(0, 2), digest))
  expect(await kindsOf([await fileOf({ name: 'nginx', version: '1.0.0' })])).toEqual(['restored'])
})

test('returns 401 to readers, and 404 to callers without access', async () => {
  const file = await fileOf({ name: 'nginx', version: '1.0.0' })
  const guest = await server.member('gus', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
  expect((await guest('POST', path, { body: { files: [file] } })).status).toBe(401)
  const outsider = await server.member('sam', [])
  expect((await outsider('POST', path, { body: { files: [file] } })).status).toBe(404)
  expect((await server.askAnonymously('POST', path, { body: { files: [file] } })).status).toBe(401)
})

test('ignores other namespaces', async () => {
  await server.namespace('other')
  await server.publish('other', { name: 'nginx', version: '1.0.0' })
  expect(await kindsOf([await fileOf({ name: 'nginx', version: '1.0.0' })])).toEqual(['created'])
})

test('accepts up to a thousand files in one request', async () => {
  const file = await fileOf({ name: 'nginx', version: '1.0.0' })
  const files = Array.from({ length: 1000 }, (_, index) => ({ ...file, fileName: `nginx-1.0.${index}.tgz` }))
  expect(await effects(files)).toHaveLength(1000)
  const refusal = await refusalOf(await server.ask('POST', path, { body: { files: [...files, file] } }))
  expect(refusal).toMatchObject({ status: 400 })
})

test.each([
  [{}],
  [{ files: [] }],
  [{ files: ['nginx-1.0.0.tgz'] }],
  [{ files: [{ fileName: 'x', sha256: 'y', provenanceSha256: null, chart: null }] }],
])('returns 400 for %j', async (body) => {
  expect(await refusalOf(await server.ask('POST', path, { body }))).toMatchObject({ status: 400 })
})
