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

describe('the list of charts', () => {
  test('says of each chart what its newest version says', async () => {
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

  test('is sorted by name, or by what is asked for', async () => {
    await server.publish('team', { name: 'bravo', version: '1.0.0' })
    await server.publish('team', { name: 'bravo', version: '2.0.0' })
    await server.publish('team', { name: 'alpha', version: '1.0.0' })
    expect(names(await list())).toEqual(['alpha', 'bravo'])
    expect(names(await list('?orderBy=versions&order=desc'))).toEqual(['bravo', 'alpha'])
    expect((await server.ask('GET', `${path}?orderBy=colour`)).status).toBe(400)
  })

  test('finds by letters in order, best match first', async () => {
    for (const name of ['my-nginx', 'nginx', 'nginx-ingress', 'n-g-x', 'redis']) {
      await server.publish('team', { name, version: '1.0.0' })
    }
    expect(names(await list('?chartName=NGINX'))).toEqual(['nginx', 'nginx-ingress', 'my-nginx'])
    expect(names(await list('?chartName=ngx'))).toContain('n-g-x')
    expect((await list('?chartName=nothing')).total).toBe(0)
  })

  test('shows what was just written, by this process or another', async () => {
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

  test('is of a namespace that is there: else 404', async () => {
    expect(await refusalOf(await server.ask('GET', path.replace('team', 'nobody')))).toMatchObject({
      status: 404,
      code: 'NotFound',
    })
  })
})

describe('paging', () => {
  beforeEach(async () => {
    for (let index = 0; index < 12; index++) await server.publish('team', { name: `chart-${index}`, version: '1.0.0' })
  })

  test('the older Go SDK sends 0 when nothing is set: the defaults are meant', async () => {
    expect(await list('?pageNo=0&pageSize=0')).toMatchObject({ total: 12, pageNo: 1, pageSize: 10 })
    expect((await list('?pageNo=0&pageSize=0')).items).toHaveLength(10)
  })

  test('the newer Go SDK and the Java SDK leave out what is not set', async () => {
    expect(await list()).toMatchObject({ total: 12, pageNo: 1, pageSize: 10 })
  })

  test('a script that asks for more than 100 rows gets 100, and is told so', async () => {
    expect(await list('?pageSize=5000')).toMatchObject({ pageSize: 100 })
  })

  test('a script that pages until nothing comes gets no rows and the true total past the end', async () => {
    expect(await list('?pageNo=9')).toMatchObject({ total: 12, pageNo: 9, items: [] })
  })

  test.each(['-1', 'ten', '1.5', '1&pageNo=2'])('a script that asks for page %s is told so: 400', async (page) => {
    expect(await refusalOf(await server.ask('GET', `${path}?pageNo=${page}`))).toMatchObject({
      status: 400,
      code: 'BadRequest',
    })
  })

  test('totals are JSON numbers, though the printed tables of 2022 to 2025 say String', async () => {
    const page = await list()
    expect([typeof page.total, typeof page.pageNo, typeof page.pageSize]).toEqual(['number', 'number', 'number'])
  })
})

describe('deleting charts', () => {
  beforeEach(async () => {
    for (const name of ['alpha', 'bravo']) await server.publish('team', { name, version: '1.0.0' })
  })

  test('one', async () => {
    const answer = await server.ask('DELETE', `${path}/alpha`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(names(await list())).toEqual(['bravo'])
    expect(await refusalOf(await server.ask('DELETE', `${path}/alpha`))).toMatchObject({
      status: 404,
      code: 'NotFound',
    })
  })

  test('many, and what is gone counts as gone', async () => {
    const answer = await server.ask('DELETE', path, { body: { items: ['alpha', 'bravo', 'gone'] } })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await list()).total).toBe(0)
  })

  test('the Java SDK sends the batch without a body: 400, never "all of them"', async () => {
    expect(await refusalOf(await server.ask('DELETE', path))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect((await server.ask('DELETE', path, { body: { items: [] } })).status).toBe(400)
    expect((await list()).total).toBe(2)
  })

  test('in a namespace that is missing: 404, also for a batch', async () => {
    const nowhere = path.replace('team', 'nobody')
    expect((await server.ask('DELETE', `${nowhere}/alpha`)).status).toBe(404)
    expect((await server.ask('DELETE', nowhere, { body: { items: ['alpha'] } })).status).toBe(404)
  })
})

test('charts are shown to nobody who is not signed in', async () => {
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

describe('what real clients do', () => {
  test('the JS SDK encodes even unreserved characters of the query, in lower-case hex', async () => {
    await server.publish('team', { name: 'helm-test', version: '0.1.0' })
    expect(names(await list('?chartName=helm%2dtest'))).toEqual(['helm-test'])
  })

  test('the Java SDK sends no x-bce-date; the Go SDKs send an ID and a checksum of their own: all are tolerated', async () => {
    const headers = { 'x-bce-request-id': 'a client chose this', 'Content-Md5': 'bm90IHRoZSBzdW0=' }
    const answer = await server.ask('DELETE', path, { body: { items: ['gone'] }, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-bce-request-id')).not.toBe('a client chose this')
  })

  test('a chart called "download" has versions like any other, but for their list, which the console has elsewhere', async () => {
    await server.publish('team', { name: 'download', version: '1.0.0' })
    // The list of its versions is the one address that the download of a file called "versions" takes first.
    expect((await server.ask('GET', `${path}/download/versions`)).status).toBe(404)
    const elsewhere = `/console/instances/${server.instance}/namespaces/team/charts/download/versions`
    expect(await (await server.ask('GET', elsewhere)).json()).toMatchObject({ total: 1, items: [{ version: '1.0.0' }] })
    expect((await server.ask('DELETE', `${path}/download/versions/1.0.0`)).status).toBe(200)
    await server.publish('team', { name: 'download', version: '1.0.0' })
    expect((await server.ask('DELETE', `${path}/download/versions`, { body: { items: ['1.0.0'] } })).status).toBe(200)
    expect((await list()).total).toBe(0)
  })
})
