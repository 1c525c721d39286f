import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite } from '../../db/database.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  path = `/v1/instances/${server.instance}/projects/team/charts`
})
afterEach(() => server.close())

async function list(
  query = '',
): Promise<{ total: number; pageNo: number; pageSize: number; items: { name: string }[] }> {
  const answer = await server.ask('GET', `${path}${query}`)
  expect(answer.status).toBe(200)
  return answer.json()
}

const names = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name)

describe('listing charts', () => {
  test('returns the metadata of the newest version of each chart', async () => {
    const metadata = { home: 'https://example.org', icon: 'https://example.org/icon.svg', deprecated: true }
    await server.publish('team', { name: 'nginx', version: '1.9.0' })
    await server.publish('team', { name: 'nginx', version: '1.10.0', metadata })
    expect(await list()).toEqual({
      total: 1,
      pageNo: 1,
      pageSize: 10,
      items: [
        {
          name: 'nginx',
          totalVersions: 2,
          latestVersion: '1.10.0',
          created: expect.stringMatching(/Z$/),
          updated: expect.stringMatching(/Z$/),
          home: 'https://example.org',
          icon: 'https://example.org/icon.svg',
          deprecated: true,
        },
      ],
    })
  })

  test('sorts by name, or as requested', async () => {
    await server.publish('team', { name: 'bravo', version: '1.0.0' })
    await server.publish('team', { name: 'bravo', version: '2.0.0' })
    await server.publish('team', { name: 'alpha', version: '1.0.0' })
    expect(names(await list())).toEqual(['alpha', 'bravo'])
    expect(names(await list('?orderBy=versions&order=desc'))).toEqual(['bravo', 'alpha'])
    expect((await server.ask('GET', `${path}?orderBy=colour`)).status).toBe(400)
  })

  test('matches letters in order, best match first', async () => {
    for (const name of ['my-nginx', 'nginx', 'nginx-ingress', 'n-g-x', 'redis']) {
      await server.publish('team', { name, version: '1.0.0' })
    }
    expect(names(await list('?chartName=NGINX'))).toEqual(['nginx', 'nginx-ingress', 'my-nginx'])
    expect(names(await list('?chartName=ngx'))).toContain('n-g-x')
    expect((await list('?chartName=nothing')).total).toBe(0)
  })

  test('returns what was just written, by this process or another', async () => {
    expect(await list()).toMatchObject({ total: 0 })
    for (const version of ['1.0.0', '1.1.0']) {
      await server.publish('team', { name: 'nginx', version })
      for (let again = 0; again < 2; again++) {
        expect(await list()).toMatchObject({ total: 1, items: [{ latestVersion: version }] })
      }
    }
    const other = await openSqlite(join(server.folder, 'chartroom.db'))
    await other.write((transaction) => transaction.updateTable('charts').set({ deprecated: 1 }).execute())
    await other.close()
    expect(await list()).toMatchObject({ items: [{ name: 'nginx', deprecated: true }] })
  })

  test('returns 404 for an unknown namespace', async () => {
    expect(await refusalOf(await server.ask('GET', path.replace('team', 'missing')))).toMatchObject({
      status: 404,
      code: 'NotFound',
    })
  })
})

describe('paging', () => {
  beforeEach(async () => {
    for (let index = 0; index < 12; index++) await server.publish('team', { name: `chart-${index}`, version: '1.0.0' })
  })

  test('treats 0 as the default: the older Go SDK sends 0 for unset parameters', async () => {
    expect(await list('?pageNo=0&pageSize=0')).toMatchObject({ total: 12, pageNo: 1, pageSize: 10 })
    expect((await list('?pageNo=0&pageSize=0')).items).toHaveLength(10)
  })

  test('uses defaults for missing parameters: the newer Go SDK and the Java SDK omit unset ones', async () => {
    expect(await list()).toMatchObject({ total: 12, pageNo: 1, pageSize: 10 })
  })

  test('limits a page to 100 rows, and returns that page size', async () => {
    expect(await list('?pageSize=5000')).toMatchObject({ pageSize: 100 })
  })

  test('returns no rows and the true total past the end', async () => {
    expect(await list('?pageNo=9')).toMatchObject({ total: 12, pageNo: 9, items: [] })
  })

  test.each(['-1', 'ten', '1.5', '1&pageNo=2'])('returns 400 for page %s', async (page) => {
    expect(await refusalOf(await server.ask('GET', `${path}?pageNo=${page}`))).toMatchObject({
      status: 400,
      code: 'BadRequest',
    })
  })

  test('returns totals as JSON numbers, although the documentation of 2022 to 2025 says String', async () => {
    const page = await list()
    expect([typeof page.total, typeof page.pageNo, typeof page.pageSize]).toEqual(['number', 'number', 'number'])
  })
})

describe('deleting charts', () => {
  beforeEach(async () => {
    for (const name of ['alpha', 'bravo']) await server.publish('team', { name, version: '1.0.0' })
  })

  test('deletes one', async () => {
    const answer = await server.ask('DELETE', `${path}/alpha`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(names(await list())).toEqual(['bravo'])
    expect(await refusalOf(await server.ask('DELETE', `${path}/alpha`))).toMatchObject({
      status: 404,
      code: 'NotFound',
    })
  })

  test('deletes many, ignoring those that do not exist', async () => {
    const answer = await server.ask('DELETE', path, { body: { items: ['alpha', 'bravo', 'gone'] } })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await list()).total).toBe(0)
  })

  test('returns 400 for a batch without a body, as the Java SDK sends it, and deletes nothing', async () => {
    expect(await refusalOf(await server.ask('DELETE', path))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect((await server.ask('DELETE', path, { body: { items: [] } })).status).toBe(400)
    expect((await list()).total).toBe(2)
  })

  test('returns 404 for an unknown namespace, also for a batch', async () => {
    const nowhere = path.replace('team', 'missing')
    expect((await server.ask('DELETE', `${nowhere}/alpha`)).status).toBe(404)
    expect((await server.ask('DELETE', nowhere, { body: { items: ['alpha'] } })).status).toBe(404)
  })
})

test('charts require authentication', async () => {
  await server.publish('team', { name: 'alpha', version: '1.0.0' })
  const calls: [string, string, unknown][] = [
    ['GET', path, undefined],
    ['DELETE', path, { items: ['alpha'] }],
    ['DELETE', `${path}/alpha`, undefined],
    ['GET', `${path}/download/alpha-1.0.0.tgz`, undefined],
  ]
  for (const [method, at, body] of calls) {
    const refusal = await refusalOf(await server.askAnonymously(method, at, { body }))
    expect(refusal, `${method} ${at}`).toMatchObject({ status: 400, code: 'SignatureEmpty' })
  }
  expect((await list()).total).toBe(1)
})

describe('real clients', () => {
  test('the JS SDK percent-encodes even unreserved characters of the query, in lower-case hex', async () => {
    await server.publish('team', { name: 'helm-test', version: '0.1.0' })
    expect(names(await list('?chartName=helm%2dtest'))).toEqual(['helm-test'])
  })

  test('the Java SDK sends no x-bce-date, the Go SDKs send a request ID and a checksum: all are accepted', async () => {
    const headers = { 'x-bce-request-id': 'a client chose this', 'Content-Md5': 'bm90IHRoZSBzdW0=' }
    const answer = await server.ask('DELETE', path, { body: { items: ['gone'] }, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-bce-request-id')).not.toBe('a client chose this')
  })

  test('a chart named "download" works like any other, except that only the console can list its versions', async () => {
    await server.publish('team', { name: 'download', version: '1.0.0' })
    // In that URL, "versions" is the name of a file to download.
    expect((await server.ask('GET', `${path}/download/versions`)).status).toBe(404)
    const elsewhere = `/console/instances/${server.instance}/namespaces/team/charts/download/versions`
    expect(await (await server.ask('GET', elsewhere)).json()).toMatchObject({ total: 1, items: [{ version: '1.0.0' }] })
    expect((await server.ask('DELETE', `${path}/download/versions/1.0.0`)).status).toBe(200)
    await server.publish('team', { name: 'download', version: '1.0.0' })
    expect((await server.ask('DELETE', `${path}/download/versions`, { body: { items: ['1.0.0'] } })).status).toBe(200)
    expect((await list()).total).toBe(0)
  })
})
