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
const digestThere = async () =>
  (await server.askAsHelm('HEAD', `${FILES}/nginx-1.0.0.tgz`)).headers.get('etag')?.replaceAll('"', '')
const provenanceThere = async () => {
  const answer = await server.askAsHelm('GET', `${FILES}/nginx-1.0.0.tgz.prov`)
  return answer.status === 200 ? answer.text() : answer.status
}

async function outcome(asked: Response | Promise<Response>): Promise<[status: number, body: unknown]> {
  const answer = await asked
  const text = await answer.text()
  if (text === '') return [answer.status, '']
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return [answer.status, JSON.parse(text)]
}

const SAVED = [201, { saved: true }]
const refused = (status: number, word: string) => [status, { error: expect.stringContaining(word) }]

describe('what is there', () => {
  beforeEach(async () => {
    for (const version of ['1.0.0', '1.10.0', '2.0.0-rc.1', '1.9.0+build.7']) {
      await server.publish('team', { name: 'nginx', version })
    }
    for (const name of ['apache', 'redis']) await server.publish('team', { name, version: '1.0.0' })
  })

  test('is listed by name, with all versions as the index has them', async () => {
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
  ])('is listed in part by %s', async (query, names) => {
    const [status, charts] = await outcome(read(query))
    expect([status, Object.keys(charts as object)]).toEqual([200, names])
  })

  test.each(['?limit=0', '?limit=-1', '?offset=-1', '?offset=x', '?limit=1.5'])('is 400 for %s', async (query) => {
    expect(await outcome(read(query))).toEqual([400, { error: expect.any(String) }])
  })

  test('of a chart is all its versions, newest first', async () => {
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
    // As helm takes none when no version is named.
    ['latest', '1.10.0'],
  ])('of version %s is its entry', async (asked, version) => {
    const [status, entry] = await outcome(read(`/nginx/${asked}`))
    expect([status, entry]).toEqual([200, expect.objectContaining({ name: 'nginx', version })])
    expect(entry).toMatchObject({ urls: [`charts/nginx-${version}.tgz`] })
  })

  test('is asked for by HEAD too', async () => {
    for (const path of ['', '/nginx', '/nginx/1.0.0']) {
      const answer = await read(path, 'HEAD')
      expect([answer.status, await answer.text()]).toEqual([200, ''])
    }
    expect((await read('/nothing', 'HEAD')).status).toBe(404)
  })

  test.each(['/nothing', '/nothing/1.0.0', '/nginx/9.9.9', '/nothing/latest'])(
    'at %s is nothing: 404',
    async (path) => {
      expect(await outcome(read(path))).toEqual(refused(404, 'not found'))
    },
  )

  test('has no latest where all versions are pre-releases', async () => {
    await server.publish('team', { name: 'beta', version: '1.0.0-rc.1' })
    expect(await outcome(read('/beta/latest'))).toEqual(refused(404, 'not found'))
  })
})

describe('a deletion', () => {
  const remove = (path: string) => outcome(server.askAsHelm('DELETE', `${CHARTS}${path}`))

  test('takes a version with its provenance file, and says so', async () => {
    await form([
      ['chart', chart.bytes],
      ['prov', makeProvenance(chart)],
    ])
    expect(await remove('/nginx/1.0.0')).toEqual([200, { deleted: true }])
    expect([await digestThere(), await provenanceThere()]).toEqual([undefined, 404])
    expect(await outcome(read())).toEqual([200, {}])
  })

  test('takes a chart with all its versions, as Harbor does: 200 and nothing', async () => {
    for (const version of ['1.0.0', '2.0.0+b']) await server.publish('team', { name: 'nginx', version })
    expect(await remove('/nginx')).toEqual([200, ''])
    expect(await outcome(read())).toEqual([200, {}])
  })

  test('of what is not there is 404', async () => {
    await raw(chart.bytes)
    for (const path of ['/nothing', '/nothing/1.0.0', '/nginx/9.9.9', '/nginx/latest']) {
      expect(await remove(path)).toEqual(refused(404, 'not found'))
    }
    expect(await digestThere()).toBe(chart.sha256)
  })
})

test('an instance is found by its ID, for reading, pushing and deleting', async () => {
  const path = `/api/${server.instance}/chartrepo/team/charts`
  expect(await outcome(raw(chart.bytes, path))).toEqual(SAVED)
  expect(await outcome(raw(makeProvenance(chart), `/api/${server.instance}/chartrepo/team/prov`))).toEqual(SAVED)
  expect((await outcome(server.askAsHelm('GET', `${path}/nginx/1.0.0`)))[0]).toBe(200)
  expect(await outcome(server.askAsHelm('DELETE', `${path}/nginx/1.0.0`))).toEqual([200, { deleted: true }])
})

test('pushing never makes a namespace', async () => {
  expect(await outcome(raw(chart.bytes, '/api/chartrepo/nobody/charts'))).toEqual(refused(404, 'nobody'))
})

test('a method that there is not is 405 that says which there are', async () => {
  const answer = await server.askAsHelm('PUT', `${CHARTS}/nginx`)
  expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD')
  expect(await outcome(answer)).toEqual(refused(405, 'PUT'))
})
