import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeArchive } from '../../../chart/testing/make-archive.ts'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { MULTIPART, multipart, type Part } from '../testing/multipart.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const LIMIT = 64 * 1024

let server: TestApp
let path: string
let chart: TestChart

beforeEach(async () => {
  server = await openTestApp({ maxUploadBytes: LIMIT })
  await server.namespace('team')
  path = `/v1/instances/${server.instance}/projects/team/charts`
  chart = await makeChart({ name: 'nginx', version: '1.0.0' })
})
afterEach(() => server.close())

function send(parts: readonly Part[], headers: Record<string, string> = {}): Promise<Response> {
  return server.ask('POST', path, { body: multipart(parts), headers: { 'Content-Type': MULTIPART, ...headers } })
}

async function charts(): Promise<{ name: string; latestVersion: string }[]> {
  return (await (await server.ask('GET', path)).json()).items
}

/** All files in the data folder except the database. */
async function stored(): Promise<string[]> {
  const files = await readdir(server.folder, { recursive: true, withFileTypes: true })
  return files.flatMap((file) =>
    file.isFile() && !file.name.includes('.db') ? [join(file.parentPath, file.name)] : [],
  )
}

describe('an upload', () => {
  test('is published under name and version of Chart.yaml, whatever its file name', async () => {
    const answer = await send([['chart', chart.bytes, '../../etc/passwd']])
    expect([answer.status, await answer.json()]).toEqual([200, { result: null, success: true }])
    expect(await charts()).toMatchObject([{ name: 'nginx', latestVersion: '1.0.0' }])
    const download = await server.ask('GET', `${path}/download/nginx-1.0.0.tgz`)
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(new Uint8Array(chart.bytes))
  })

  test('may be a form made by a browser', async () => {
    const form = new FormData()
    form.append('chart', new Blob([chart.bytes.slice()]), 'nginx-1.0.0.tgz')
    expect((await server.ask('POST', path, { body: form })).status).toBe(200)
  })

  test.each([
    ['before', (prov: Part, archive: Part): Part[] => [prov, archive]],
    ['after', (prov: Part, archive: Part): Part[] => [archive, prov]],
  ])('may have its provenance %s the archive', async (_, order) => {
    const prov = makeProvenance(chart)
    const answer = await send(order(['prov', prov, 'nginx-1.0.0.tgz.prov'], ['chart', chart.bytes, 'nginx-1.0.0.tgz']))
    expect(answer.status).toBe(200)
    expect(await (await server.ask('GET', `${path}/download/nginx-1.0.0.tgz.prov`)).text()).toBe(prov)
  })

  test('may have parts without a file name, and unknown parts', async () => {
    const answer = await send([
      ['note', 'x'.repeat(100_000)],
      ['chart', chart.bytes],
      ['force', ''],
    ])
    expect(answer.status).toBe(200)
  })

  test("replaces the same version, as Baidu's CCR does", async () => {
    await send([['chart', chart.bytes]])
    const other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
    expect((await send([['chart', other.bytes]])).status).toBe(200)
    const head = await server.ask('HEAD', `${path}/download/nginx-1.0.0.tgz`)
    expect(head.headers.get('etag')).toBe(`"${other.sha256}"`)
  })

  test.each([
    ['console', { 'Sec-Fetch-Site': 'same-origin' }],
    ['console', { Origin: 'http://localhost:8080' }],
    ['management', {}],
  ])('is recorded with protocol %s for %j', async (protocol, headers) => {
    await server.ask('POST', path, {
      body: multipart([['chart', chart.bytes]]),
      headers: { 'Content-Type': MULTIPART, ...headers },
    })
    const facts = `/console/instances/${server.instance}/namespaces/team/charts/nginx/summaries?version=1.0.0`
    expect(await (await server.ask('GET', facts)).json()).toMatchObject({
      items: [{ protocol, pushedBy: 'admin', size: chart.bytes.length, signed: false }],
    })
  })
})

describe('a precondition', () => {
  test('If-None-Match: * never replaces a version', async () => {
    expect((await send([['chart', chart.bytes]], { 'If-None-Match': '*' })).status).toBe(200)
    const other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
    const refusal = await refusalOf(await send([['chart', other.bytes]], { 'If-None-Match': '*' }))
    expect(refusal).toMatchObject({ status: 412, code: 'PreconditionFailed' })
  })

  test('If-Match replaces only the version with this digest', async () => {
    await send([['chart', chart.bytes]])
    const other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
    const lost = await send([['chart', other.bytes]], { 'If-Match': `"${'0'.repeat(64)}"` })
    expect(await refusalOf(lost)).toMatchObject({ status: 412, code: 'PreconditionFailed' })
    expect((await send([['chart', other.bytes]], { 'If-Match': `"${chart.sha256}"` })).status).toBe(200)
  })

  test.each([
    [{ 'If-None-Match': '"abc"' }],
    [{ 'If-Match': 'abc' }],
    [{ 'If-Match': '*' }],
    [{ 'If-Match': `"${'0'.repeat(64)}"`, 'If-None-Match': '*' }],
  ])('that is not supported returns 400 instead of being ignored: %j', async (headers) => {
    expect(await refusalOf(await send([['chart', chart.bytes]], headers))).toMatchObject({ status: 400 })
    expect(await charts()).toEqual([])
  })
})

describe('rejected uploads store nothing', () => {
  test.each<[string, () => Promise<Response> | Response, number, string]>([
    ['a body that is not a form', () => server.ask('POST', path, { body: '{}' }), 400, 'BadRequest'],
    ['no boundary', () => send([], { 'Content-Type': 'multipart/form-data' }), 400, 'BadRequest'],
    ['no parts', () => send([]), 400, 'BadRequest'],
    ['no archive', () => send([['prov', makeProvenance(chart)]]), 400, 'BadRequest'],
    ['an empty archive', () => send([['chart', '', 'nginx-1.0.0.tgz']]), 400, 'BadRequest'],
    [
      'two archives',
      () =>
        send([
          ['chart', chart.bytes],
          ['chart', chart.bytes],
        ]),
      400,
      'BadRequest',
    ],
    [
      'two provenance files',
      () =>
        send([
          ['prov', makeProvenance(chart)],
          ['prov', 'x'],
          ['chart', chart.bytes],
        ]),
      400,
      'BadRequest',
    ],
    ['an archive that is not gzip', () => send([['chart', 'hello', 'nginx-1.0.0.tgz']]), 400, 'BadRequest'],
    [
      'an archive without a chart',
      async () => send([['chart', await makeArchive([{ name: 'a/b', body: 'c' }])]]),
      400,
      'BadRequest',
    ],
    ['a truncated archive', () => send([['chart', chart.bytes.subarray(0, 100)]]), 400, 'BadRequest'],
    [
      'a provenance file of another chart',
      () =>
        send([
          ['chart', chart.bytes],
          ['prov', makeProvenance(chart, { sha256: '0'.repeat(64) })],
        ]),
      400,
      'BadRequest',
    ],
    [
      'a provenance file that is not text',
      () =>
        send([
          ['chart', chart.bytes],
          ['prov', Buffer.from([0xff, 0xfe])],
        ]),
      400,
      'BadRequest',
    ],
    [
      'a huge provenance file',
      () =>
        send([
          ['chart', chart.bytes],
          ['prov', 'x'.repeat(1024 * 1024 + 1)],
        ]),
      413,
      'EntityTooLarge',
    ],
    ['a truncated form', () => cutOff(), 400, 'BadRequest'],
    [
      'sixty parts',
      () => send([...Array.from({ length: 60 }, (_, index): Part => [`part${index}`, 'x']), ['chart', chart.bytes]]),
      400,
      'BadRequest',
    ],
  ])('%s', async (_, refused, status, code) => {
    const before = await stored()
    const refusal = await refusalOf(await refused())
    expect(refusal).toMatchObject({ status, code })
    expect(refusal.message.length).toBeGreaterThan(20)
    expect(await charts()).toEqual([])
    expect(await stored()).toEqual(before)
    expect(server.logged).toEqual([])
  })

  function cutOff(): Promise<Response> {
    const form = multipart([['chart', chart.bytes, 'nginx-1.0.0.tgz']])
    return server.ask('POST', path, { body: form.subarray(0, -60), headers: { 'Content-Type': MULTIPART } })
  }

  test('more than the limit anywhere in the form: 413', async () => {
    const large = await makeChart({ name: 'large', version: '1.0.0', files: { 'files/noise': noise(LIMIT) } })
    const before = await stored()
    const forms: Part[][] = [
      [['chart', large.bytes]],
      [
        ['note', 'x'.repeat(6 * 1024 * 1024)],
        ['chart', chart.bytes],
      ],
    ]
    for (const parts of forms) {
      expect(await refusalOf(await send(parts))).toMatchObject({ status: 413, code: 'EntityTooLarge' })
    }
    expect(await stored()).toEqual(before)
  })

  test('an unknown namespace: 404', async () => {
    const answer = await server.ask('POST', path.replace('team', 'missing'), {
      body: multipart([['chart', chart.bytes]]),
      headers: { 'Content-Type': MULTIPART },
    })
    expect(await refusalOf(answer)).toMatchObject({ status: 404, code: 'NotFound' })
  })

  test('an anonymous caller: 400 SignatureEmpty', async () => {
    const answer = await server.askAnonymously('POST', path, {
      body: multipart([['chart', chart.bytes]]),
      headers: { 'Content-Type': MULTIPART },
    })
    expect(await refusalOf(answer)).toMatchObject({ status: 400, code: 'SignatureEmpty' })
    expect(await charts()).toEqual([])
  })

  test('an immutable namespace: 409 StatusConflict', async () => {
    await server.namespace('frozen', { immutable: true })
    const frozen = path.replace('/team/', '/frozen/')
    const options = (bytes: Uint8Array) => ({
      body: multipart([['chart', bytes]]),
      headers: { 'Content-Type': MULTIPART },
    })
    expect((await server.ask('POST', frozen, options(chart.bytes))).status).toBe(200)
    const other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
    expect(await refusalOf(await server.ask('POST', frozen, options(other.bytes)))).toMatchObject({
      status: 409,
      code: 'StatusConflict',
    })
  })
})

test('an error message follows Accept-Language', async () => {
  const answer = await send([['chart', 'hello']], { 'Accept-Language': 'zh-CN' })
  const { code, message } = await refusalOf(answer)
  expect(code).toBe('BadRequest')
  expect(message).toMatch(/\p{Script=Han}/u)
})

/** Incompressible bytes, the same in each run. */
function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  })
}
