import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  path = `/v1/instances/${server.instance}/projects/team/charts/nginx/versions`
})
afterEach(() => server.close())

async function list(query = ''): Promise<{ total: number; items: { version: string }[] }> {
  const answer = await server.ask('GET', `${path}${query}`)
  expect(answer.status).toBe(200)
  return answer.json()
}

const versions = (page: { items: { version: string }[] }) => page.items.map(({ version }) => version)

async function publish(...wanted: string[]): Promise<void> {
  for (const version of wanted) await server.publish('team', { name: 'nginx', version })
}

describe('listing versions', () => {
  test('returns the metadata of Chart.yaml in fifteen fields', async () => {
    const published = await server.publish('team', {
      name: 'nginx',
      version: '1.2.3',
      metadata: {
        appVersion: '1.27',
        description: 'A web server',
        home: 'https://example.org',
        icon: 'https://example.org/icon.svg',
        sources: ['https://example.org/source'],
        deprecated: true,
      },
    })
    expect((await list()).items).toEqual([
      {
        name: 'nginx',
        version: '1.2.3',
        apiVersion: 'v2',
        appVersion: '1.27',
        description: 'A web server',
        urls: ['nginx-1.2.3.tgz'],
        digest: published.digest,
        created: expect.stringMatching(/Z$/),
        engine: null,
        icon: 'https://example.org/icon.svg',
        home: 'https://example.org',
        sources: ['https://example.org/source'],
        deprecated: true,
        removed: false,
        maintainers: null,
      },
    ])
  })

  test('sorts by SemVer, newest first, or as requested', async () => {
    await publish('1.9.0', '1.10.0', '1.10.0-rc.1', '0.1.0')
    expect(versions(await list())).toEqual(['1.10.0', '1.10.0-rc.1', '1.9.0', '0.1.0'])
    expect(versions(await list('?prerelease=false'))).toEqual(['1.10.0', '1.9.0', '0.1.0'])
    expect(versions(await list('?orderBy=version&order=asc'))).toEqual(['0.1.0', '1.9.0', '1.10.0-rc.1', '1.10.0'])
    expect(versions(await list('?pageNo=2&pageSize=3'))).toEqual(['0.1.0'])
    expect((await server.ask('GET', `${path}?prerelease=perhaps`)).status).toBe(400)
  })

  test('matches characters in order', async () => {
    await publish('1.9.0', '1.10.0', '2.0.0')
    expect(versions(await list('?chartVersion=1.10'))).toEqual(['1.10.0'])
  })

  test('returns 404 for an unknown chart', async () => {
    expect(await refusalOf(await server.ask('GET', path))).toMatchObject({ status: 404, code: 'NotFound' })
  })
})

describe('deleting versions', () => {
  beforeEach(() => publish('1.0.0', '1.1.0', '1.2.0'))

  test('deletes one', async () => {
    const answer = await server.ask('DELETE', `${path}/1.1.0`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(versions(await list())).toEqual(['1.2.0', '1.0.0'])
    expect(await refusalOf(await server.ask('DELETE', `${path}/1.1.0`))).toMatchObject({
      status: 404,
      code: 'NotFound',
    })
  })

  test('deletes many, and the chart with its last version', async () => {
    const answer = await server.ask('DELETE', path, { body: { items: ['1.0.0', '1.1.0', '1.2.0', '9.9.9'] } })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await server.ask('GET', path)).status).toBe(404)
  })

  test('returns 400 for a batch without a body, as the Java SDK sends it, and deletes nothing', async () => {
    expect(await refusalOf(await server.ask('DELETE', path))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect((await list()).total).toBe(3)
  })
})

test('versions require authentication', async () => {
  await publish('1.0.0')
  const calls: [string, string, unknown][] = [
    ['GET', path, undefined],
    ['DELETE', path, { items: ['1.0.0'] }],
    ['DELETE', `${path}/1.0.0`, undefined],
  ]
  for (const [method, at, body] of calls) {
    const refusal = await refusalOf(await server.askAnonymously(method, at, { body }))
    expect(refusal, `${method} ${at}`).toMatchObject({ status: 400, code: 'SignatureEmpty' })
  }
  expect((await list()).total).toBe(1)
})

describe('real clients', () => {
  test('the newer Go SDK and the Java SDK parse maintainers as strings; objects would break the whole list', async () => {
    const maintainers = [
      { name: 'Ann', email: 'ann@example.org' },
      { name: 'Bob' },
      { name: 'Cy', url: 'https://example.org/cy' },
    ]
    await server.publish('team', { name: 'nginx', version: '1.0.0', metadata: { maintainers } })
    expect((await list()).items).toMatchObject([
      { maintainers: ['Ann <ann@example.org>', 'Bob', 'Cy (https://example.org/cy)'] },
    ])
  })

  test('the SDKs expect null, "" or [] for unset fields, depending on the field', async () => {
    await publish('1.0.0')
    expect((await list()).items).toMatchObject([
      { engine: null, icon: null, maintainers: null, home: '', description: '', appVersion: '', sources: [] },
    ])
    const charts = await (await server.ask('GET', path.replace('/nginx/versions', ''))).json()
    expect(charts.items).toMatchObject([{ icon: '', home: '' }])
  })

  test('the JS SDK passes `urls` to the download call: they are bare file names', async () => {
    await publish('1.0.0')
    expect((await list()).items).toMatchObject([{ urls: ['nginx-1.0.0.tgz'] }])
    expect((await server.ask('GET', path.replace('/nginx/versions', '/download/nginx-1.0.0.tgz'))).status).toBe(200)
  })

  test('the JS SDK percent-encodes the dots and dashes of a version in the query', async () => {
    await publish('0.1.0-rc')
    expect(versions(await list('?chartVersion=0%2e1%2e0%2drc'))).toEqual(['0.1.0-rc'])
  })

  test.each(['1.0.0+build.1', '1.0.0%2Bbuild.1'])(
    'the Go SDKs send a plus in a path unencoded, the Java SDK encodes it: %s',
    async (text) => {
      await publish('1.0.0+build.1')
      expect((await server.ask('DELETE', `${path}/${text}`)).status).toBe(200)
    },
  )
})
