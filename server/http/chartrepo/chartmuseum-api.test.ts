import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { MULTIPART, multipart, type Part } from '../testing/multipart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

const CHARTS = '/api/chartrepo/team/charts'
const FILES = '/chartrepo/team/charts'

let server: TestApp
let chart: TestChart

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  chart = await makeChart({ name: 'nginx', version: '1.0.0' })
})
afterEach(() => server.close())

const read = (path = '', method = 'GET') => server.askAsHelm(method, `${CHARTS}${path}`)
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

describe('reading charts', () => {
  beforeEach(async () => {
    for (const version of ['1.0.0', '1.10.0', '2.0.0-rc.1', '1.9.0+build.7']) {
      await server.publish('team', { name: 'nginx', version })
    }
    for (const name of ['apache', 'redis']) await server.publish('team', { name, version: '1.0.0' })
  })

  test('lists charts by name, each with all versions as in the index', async () => {
    const { entries } = await (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
    expect(await outcome(read())).toEqual([200, entries])
    expect(Object.keys(entries)).toEqual(['apache', 'nginx', 'redis'])
  })

  test.each([
    ['?limit=1', ['apache']],
    ['?offset=1', ['nginx', 'redis']],
    ['?offset=1&limit=1', ['nginx']],
    ['?offset=2&limit=100', ['redis']],
    ['?offset=3', []],
    ['?offset=&limit=', ['apache', 'nginx', 'redis']],
  ])('returns the page of charts for %s', async (query, names) => {
    const [status, charts] = await outcome(read(query))
    expect([status, Object.keys(charts as object)]).toEqual([200, names])
  })

  test.each(['?limit=0', '?limit=-1', '?offset=-1', '?offset=x', '?limit=1.5'])('returns 400 for %s', async (query) => {
    expect(await outcome(read(query))).toEqual([400, { error: expect.any(String) }])
  })

  test('lists all versions of a chart, newest first', async () => {
    const [status, versions] = await outcome(read('/nginx'))
    expect(status).toBe(200)
    expect((versions as { version: string }[]).map(({ version }) => version)).toEqual([
      ...['2.0.0-rc.1', '1.10.0', '1.9.0+build.7', '1.0.0'],
    ])
  })

  test.each([
    ['1.0.0', '1.0.0'],
    ['1.9.0+build.7', '1.9.0+build.7'],
    ['1.9.0%2Bbuild.7', '1.9.0+build.7'],
    // Helm, too, ignores pre-releases if no version is given.
    ['latest', '1.10.0'],
  ])('returns the entry of version %s', async (requested, version) => {
    const [status, entry] = await outcome(read(`/nginx/${requested}`))
    expect([status, entry]).toEqual([200, expect.objectContaining({ name: 'nginx', version })])
    expect(entry).toMatchObject({ urls: [`charts/nginx-${version}.tgz`] })
  })

  test('answers HEAD like GET, without a body', async () => {
    for (const path of ['', '/nginx', '/nginx/1.0.0']) {
      const answer = await read(path, 'HEAD')
      expect([answer.status, await answer.text()]).toEqual([200, ''])
    }
    expect((await read('/nothing', 'HEAD')).status).toBe(404)
  })

  test.each(['/nothing', '/nothing/1.0.0', '/nginx/9.9.9', '/nothing/latest'])(
    'returns 404 for %s, which does not exist',
    async (path) => {
      expect(await outcome(read(path))).toEqual(refused(404, 'not found'))
    },
  )

  test('returns 404 for latest if all versions are pre-releases', async () => {
    await server.publish('team', { name: 'beta', version: '1.0.0-rc.1' })
    expect(await outcome(read('/beta/latest'))).toEqual(refused(404, 'not found'))
  })
})

describe('DELETE', () => {
  const remove = (path: string) => outcome(server.askAsHelm('DELETE', `${CHARTS}${path}`))

  test('deletes a version with its provenance file', async () => {
    await form([
      ['chart', chart.bytes],
      ['prov', makeProvenance(chart)],
    ])
    expect(await remove('/nginx/1.0.0')).toEqual([200, { deleted: true }])
    expect([await storedDigest(), await storedProvenance()]).toEqual([undefined, 404])
    expect(await outcome(read())).toEqual([200, {}])
  })

  test('deletes a chart with all its versions and returns 200 without a body, as Harbor does', async () => {
    for (const version of ['1.0.0', '2.0.0+b']) await server.publish('team', { name: 'nginx', version })
    expect(await remove('/nginx')).toEqual([200, ''])
    expect(await outcome(read())).toEqual([200, {}])
  })

  test('returns 404 for a chart or version that does not exist, and deletes nothing', async () => {
    await raw(chart.bytes)
    for (const path of ['/nothing', '/nothing/1.0.0', '/nginx/9.9.9', '/nginx/latest']) {
      expect(await remove(path)).toEqual(refused(404, 'not found'))
    }
    expect(await storedDigest()).toBe(chart.sha256)
  })
})

test('an instance ID in the path selects the instance for reads, pushes and deletions', async () => {
  const path = `/api/${server.instance}/chartrepo/team/charts`
  expect(await outcome(raw(chart.bytes, path))).toEqual(SAVED)
  expect(await outcome(raw(makeProvenance(chart), `/api/${server.instance}/chartrepo/team/prov`))).toEqual(SAVED)
  expect((await outcome(server.askAsHelm('GET', `${path}/nginx/1.0.0`)))[0]).toBe(200)
  expect(await outcome(server.askAsHelm('DELETE', `${path}/nginx/1.0.0`))).toEqual([200, { deleted: true }])
})

test('a push to an unknown namespace returns 404 and does not create it', async () => {
  expect(await outcome(raw(chart.bytes, '/api/chartrepo/missing/charts'))).toEqual(refused(404, 'missing'))
})

test('an unsupported method returns 405 with Allow', async () => {
  const answer = await server.askAsHelm('PUT', `${CHARTS}/nginx`)
  expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD')
  expect(await outcome(answer)).toEqual(refused(405, 'PUT'))
})
