import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { filesOf, uploadsOf } from '../../testing/look-inside.ts'
import { MULTIPART, multipart, type Part } from '../testing/multipart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

const LIMIT = 64 * 1024
const CHARTS = '/api/chartrepo/team/charts'
const FILES = '/chartrepo/team/charts'

let server: TestApp
let chart: TestChart
/** Same name and version as `chart`, other contents. */
let other: TestChart

beforeEach(async () => {
  server = await openTestApp({ maxUploadBytes: LIMIT })
  await server.namespace('team')
  chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
})
afterEach(() => server.close())

const raw = (bytes: Uint8Array | string, path = CHARTS, headers = {}) =>
  server.askAsHelm('POST', path, { body: bytes, headers })
const form = (parts: readonly Part[], path = CHARTS) => raw(multipart(parts), path, { 'Content-Type': MULTIPART })
const storedDigest = async () =>
  (await server.askAsHelm('HEAD', `${FILES}/nginx-1.0.0.tgz`)).headers.get('etag')?.replaceAll('"', '')
const storedProvenance = async () => {
  const answer = await server.askAsHelm('GET', `${FILES}/nginx-1.0.0.tgz.prov`)
  return answer.status === 200 ? answer.text() : answer.status
}

async function outcome(response: Response | Promise<Response>): Promise<[status: number, body: unknown]> {
  const answer = await response
  const text = await answer.text()
  if (text === '') return [answer.status, '']
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return [answer.status, JSON.parse(text)]
}

const SAVED = [201, { saved: true }]
const refused = (status: number, word: string) => [status, { error: expect.stringContaining(word) }]

describe('POST charts', () => {
  test.each([
    ['as curl --data-binary sends it', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['with application/octet-stream', { 'Content-Type': 'application/octet-stream' }],
    ['with application/gzip', { 'Content-Type': 'application/gzip' }],
    ['without Content-Type', {}],
  ])('accepts a raw archive, %s', async (_, headers) => {
    expect(await outcome(raw(chart.bytes, CHARTS, headers))).toEqual(SAVED)
    expect(await storedDigest()).toBe(chart.sha256)
  })

  test('accepts a form with a chart, as curl -F sends it, and ignores its file name', async () => {
    expect(await outcome(form([['chart', chart.bytes, '../../etc/passwd']]))).toEqual(SAVED)
    expect(await storedDigest()).toBe(chart.sha256)
  })

  test.each([0, 1])('accepts a form with a chart and its provenance in any order (%i)', async (turn) => {
    const parts: Part[] = [
      ['chart', chart.bytes, 'nginx-1.0.0.tgz'],
      ['prov', makeProvenance(chart), 'nginx-1.0.0.tgz.prov'],
    ]
    expect(await outcome(form(turn ? parts.reverse() : parts))).toEqual(SAVED)
    expect(await storedProvenance()).toBe(makeProvenance(chart))
  })

  test("replaces a version with or without ?force, as Baidu's CCR does", async () => {
    expect(await outcome(raw(chart.bytes))).toEqual(SAVED)
    expect(await outcome(raw(other.bytes))).toEqual(SAVED)
    expect(await storedDigest()).toBe(other.sha256)
    expect(await outcome(raw(chart.bytes, `${CHARTS}?force`))).toEqual(SAVED)
    expect(await storedDigest()).toBe(chart.sha256)
  })

  test('records the protocol and the account', async () => {
    await raw(chart.bytes)
    const facts = `/console/instances/${server.instance}/namespaces/team/charts/nginx/summaries?version=1.0.0`
    const { items } = await (await server.ask('GET', facts)).json()
    expect(items).toMatchObject([{ protocol: 'classic', pushedBy: 'admin' }])
  })

  test.each([
    ['text', () => raw('this is no chart'), 400, 'gzip'],
    ['an empty body', () => raw(''), 400, 'gzip'],
    ['a form without a chart', () => form([['note', 'hello']]), 400, 'no archive'],
    ['a form with two charts', () => form([['chart', chart.bytes], ['chart', other.bytes]]), 400, 'more than one'], // biome-ignore format: one row a case
    ['an invalid form', () => raw('x', CHARTS, { 'Content-Type': 'multipart/form-data' }), 400, 'multipart'],
    ['a truncated form', () => raw(multipart([['chart', chart.bytes]]).subarray(0, 300), CHARTS, { 'Content-Type': MULTIPART }), 400, 'ended before'], // biome-ignore format: one row a case
    ['a provenance file of another chart', () => form([['chart', other.bytes], ['prov', makeProvenance(chart)]]), 400, 'provenance'], // biome-ignore format: one row a case
    ['an archive that is too large', async () => raw((await large()).bytes), 413, 'larger than 64 KiB'],
    [
      'a form with an archive that is too large',
      async () => form([['chart', (await large()).bytes]]),
      413,
      'larger than 64 KiB',
    ],
  ])('rejects %s and stores nothing', async (_, send, status, word) => {
    expect(await outcome(send())).toEqual(refused(status, word))
    expect(await filesOf(server)).toEqual([])
    expect(await uploadsOf(server)).toEqual([])
  })

  test('returns 409 for a file name that another chart has, and names the file', async () => {
    await raw((await makeChart({ name: 'nginx', version: '1-2.0.0' })).bytes)
    const clash = await makeChart({ name: 'nginx-1', version: '2.0.0' })
    expect(await outcome(raw(clash.bytes))).toEqual(refused(409, 'nginx-1-2.0.0.tgz'))
  })
})

describe('in an immutable namespace', () => {
  beforeEach(async () => {
    await server.namespace('fixed', { immutable: true })
    await raw(chart.bytes, '/api/chartrepo/fixed/charts')
  })

  test('replacing a version returns 409, with or without ?force', async () => {
    for (const query of ['', '?force', '?force=true']) {
      const path = `/api/chartrepo/fixed/charts${query}`
      expect(await outcome(raw(other.bytes, path))).toEqual(refused(409, 'immutable'))
      expect(await outcome(form([['chart', other.bytes]], path))).toEqual(refused(409, 'immutable'))
    }
  })

  test('the same bytes and new versions are accepted', async () => {
    expect(await outcome(raw(chart.bytes, '/api/chartrepo/fixed/charts'))).toEqual(SAVED)
    const next = await makeChart({ name: 'nginx', version: '1.0.1' })
    expect(await outcome(raw(next.bytes, '/api/chartrepo/fixed/charts'))).toEqual(SAVED)
  })

  test('a provenance file can be added but not replaced', async () => {
    expect(await outcome(raw(makeProvenance(chart), '/api/chartrepo/fixed/prov'))).toEqual(SAVED)
    const changed = makeProvenance(chart).replace('SHA512', 'SHA256')
    expect(await outcome(raw(changed, '/api/chartrepo/fixed/prov'))).toEqual(refused(409, 'immutable'))
  })

  test('deletions return 409', async () => {
    for (const path of ['nginx/1.0.0', 'nginx']) {
      const answer = server.askAsHelm('DELETE', `/api/chartrepo/fixed/charts/${path}`)
      expect(await outcome(answer)).toEqual(refused(409, 'immutable'))
    }
  })
})

describe('a provenance file without its chart', () => {
  const PROV = '/api/chartrepo/team/prov'

  test.each([
    ['as the body', () => raw(makeProvenance(chart), PROV)],
    ['as the only part of a form', () => form([['prov', makeProvenance(chart), 'nginx-1.0.0.tgz.prov']])],
  ])('%s, is added to the existing chart', async (_, send) => {
    await raw(chart.bytes)
    const index = async () => (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
    const before = await index()
    server.pass(1000)
    expect(await outcome(send())).toEqual(SAVED)
    expect(await storedProvenance()).toBe(makeProvenance(chart))
    expect((await index()).entries).toEqual(before.entries)
  })

  test('is matched by the file name in its text, not by Chart.yaml: ChartMuseum misreads a quoted version there', async () => {
    const quoted = await makeChart({ name: 'nginx', version: '1.10' })
    await raw(quoted.bytes)
    expect(await outcome(raw(makeProvenance(quoted), PROV))).toEqual(SAVED)
    expect((await server.askAsHelm('GET', `${FILES}/nginx-1.10.tgz.prov`)).status).toBe(200)
  })

  test('returns 404 if the chart does not exist', async () => {
    expect(await outcome(raw(makeProvenance(chart), PROV))).toEqual(refused(404, 'nginx-1.0.0.tgz'))
  })

  test.each([
    ['for other bytes', () => makeProvenance(other)],
    ['without a signature', () => 'hello'],
    ['without a file name', () => makeProvenance(chart, { text: 'name: nginx\n\n...\nfiles: {}\n' })],
  ])('%s is rejected', async (_, text) => {
    await raw(chart.bytes)
    const [status] = await outcome(raw(text(), PROV))
    expect([400, 404]).toContain(status)
    expect(await storedProvenance()).toBe(404)
    expect(await uploadsOf(server)).toEqual([])
  })

  test('returns 413 if too large', async () => {
    expect(await outcome(raw('x'.repeat(1024 * 1024 + 1), PROV))).toEqual(refused(413, 'larger than 1 MiB'))
  })
})

/** A chart whose archive exceeds the limit even when compressed. */
async function large(): Promise<TestChart> {
  let state = 1
  const noise = Uint8Array.from({ length: 2 * LIMIT }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  })
  return makeChart({ name: 'large', version: '1.0.0', files: { noise } })
}
