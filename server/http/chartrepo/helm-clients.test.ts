import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { uploadsOf } from '../../testing/look-inside.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { basic } from '../testing/open-test-app.ts'

/** Recorded requests of classic clients, replayed with their headers over a real connection. */

let server: ListeningApp
let chart: TestChart

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  for (const namespace of ['team', 'open']) {
    await server.publish(namespace, { name: 'nginx', version: '1.0.0' }, makeProvenance(chart))
  }
  // Without a .prov.
  await server.publish('team', { name: 'redis', version: '1.0.0' })
})
afterEach(() => server.close())

const FROM_HELM_4 = { Accept: 'application/gzip,application/octet-stream' }

describe.each([
  ['helm 2.17', 'Helm/2.17.0', {}],
  ['helm 3.2', 'Helm/3.2.4', {}],
  ['helm 3.6', 'Helm/3.6.2', {}],
  ['helm 3.10', 'Helm/3.10.1', {}],
  ['helm 3.21', 'Helm/3.21.4', {}],
  ['helm 4.2', 'Helm/4.2', FROM_HELM_4],
])('%s (replayed)', (_, agent, forCharts) => {
  // Sends Basic with the first request, and asks for no compression.
  const ask = (path: string, more = {}) =>
    server.send('GET', path, { headers: { 'User-Agent': agent, Authorization: basic(), ...more } })

  test('repo add, repo update: one GET of index.yaml, answered with exactly 200', async () => {
    const { status, headers, body } = await ask('/chartrepo/team/index.yaml')
    expect([status, headers['content-encoding'], headers['content-length']]).toEqual([200, undefined, `${body.length}`])
    expect(Object.keys(JSON.parse(body.toString()).entries)).toEqual(['nginx', 'redis'])
  })

  test('pull CHART --repo URL: index.yaml, then the file that it links to', async () => {
    const index = JSON.parse((await ask('/chartrepo/team/index.yaml')).body.toString())
    const { pathname } = new URL(index.entries.nginx[0].urls[0], `${server.origin}/chartrepo/team/`)
    const { status, body } = await ask(pathname, forCharts)
    expect([status, body.equals(chart.bytes)]).toEqual([200, true])
  })

  test('pull --prov, pull --verify: the file, then its .prov', async () => {
    expect((await ask('/chartrepo/team/charts/nginx-1.0.0.tgz', forCharts)).status).toBe(200)
    const { status, body } = await ask('/chartrepo/team/charts/nginx-1.0.0.tgz.prov', forCharts)
    expect([status, body.toString()]).toEqual([200, makeProvenance(chart)])
    expect((await ask('/chartrepo/team/charts/redis-1.0.0.tgz.prov', forCharts)).status).toBe(404)
  })

  test('prints the 401 status line, and only that, for a wrong or missing password', async () => {
    const wrong = await ask('/chartrepo/team/index.yaml', { Authorization: basic('admin', 'guess') })
    expect([wrong.status, wrong.reason]).toEqual([
      401,
      expect.stringMatching(/^Unauthorized: The user name, the password/),
    ])
    const none = await server.send('GET', '/chartrepo/team/index.yaml', { headers: { 'User-Agent': agent } })
    expect([none.status, none.reason]).toEqual([401, expect.stringMatching(/^Unauthorized: This requires a user name/)])
  })

  test('reads the index, charts and provenance files of a public namespace without a password', async () => {
    const bare = (path: string) => server.send('GET', path, { headers: { 'User-Agent': agent, ...forCharts } })
    expect((await bare('/chartrepo/open/index.yaml')).status).toBe(200)
    expect((await bare('/chartrepo/open/charts/nginx-1.0.0.tgz')).status).toBe(200)
    expect((await bare('/chartrepo/open/charts/nginx-1.0.0.tgz.prov')).status).toBe(200)
  })

  test('prints the reason in the 404 status line for a missing file', async () => {
    const { status, reason } = await ask('/chartrepo/team/charts/nginx-9.9.9.tgz', forCharts)
    expect([status, reason]).toEqual([
      404,
      'Not Found: The file "nginx-9.9.9.tgz" was not found. The version may have been deleted.',
    ])
  })
})

describe('helm cm-push 0.10.4 (replayed)', () => {
  /** The form as Go writes it: one part, named after the full path of a temporary file. */
  function formOf({ fileName, bytes }: TestChart): { type: string; body: Uint8Array[] } {
    const boundary = 'f9c1a8b2c4d6e8f00112233445566778899aabbccddeeff0011223344556'
    const head = [
      `--${boundary}`,
      `Content-Disposition: form-data; name="chart"; filename="/tmp/helm-push-316294711/${fileName}"`,
      'Content-Type: application/octet-stream',
      '\r\n',
    ].join('\r\n')
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
    // Without a length, and in chunks.
    const size = Math.max(100, Math.ceil(body.length / 100))
    const count = Math.ceil(body.length / size)
    const pieces = Array.from({ length: count }, (_, at) => body.subarray(at * size, (at + 1) * size))
    return { type: `multipart/form-data; boundary=${boundary}`, body: pieces }
  }

  function push(path: string, pushed: TestChart, headers = {}) {
    const { type, body } = formOf(pushed)
    return server.send('POST', path, {
      headers: {
        'User-Agent': 'Go-http-client/1.1',
        'Transfer-Encoding': 'chunked',
        Authorization: basic(),
        'Content-Type': type,
        'Accept-Encoding': 'gzip',
        ...headers,
      },
      body,
    })
  }

  const digestOf = async (file: string) =>
    (await server.askAsHelm('HEAD', `/chartrepo/team/charts/${file}`)).headers.get('etag')?.replaceAll('"', '')

  test('push to a named repository: requires 201, because it treats 200 as an error', async () => {
    const pushed = await makeChart({ name: 'app', version: '1.2.3+build.7' })
    const { status, body } = await push('/api/chartrepo/team/charts', pushed)
    expect([status, body.toString()]).toEqual([201, '{"saved":true}'])
    expect(await digestOf('app-1.2.3+build.7.tgz')).toBe(pushed.sha256)
  })

  test('push with --force: adds ?force without a value', async () => {
    const again = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
    expect((await push('/api/chartrepo/team/charts?force', again)).status).toBe(201)
    expect(await digestOf('nginx-1.0.0.tgz')).toBe(again.sha256)
  })

  test('push to a repository URL: GET of its index first', async () => {
    const headers = { 'User-Agent': 'Go-http-client/1.1', Authorization: basic(), 'Accept-Encoding': 'gzip' }
    expect((await server.send('GET', '/chartrepo/team/index.yaml', { headers })).status).toBe(200)
    expect((await push('/api/chartrepo/team/charts', await makeChart({ name: 'app', version: '1.0.0' }))).status).toBe(
      201,
    )
  })

  test.each([
    ['with /chartrepo as its context path', () => '/chartrepo/api/team/charts'],
    ['to an instance by its ID', () => `/api/${server.instance}/chartrepo/team/charts`],
    ['to an instance with a context path', () => `/${server.instance}/chartrepo/api/team/charts`],
  ])('%s', async (_, path) => {
    const pushed = await makeChart({ name: 'app', version: '1.0.0' })
    expect((await push(path(), pushed)).status).toBe(201)
    expect(await digestOf('app-1.0.0.tgz')).toBe(pushed.sha256)
  })

  test('push repackages the chart: other bytes replace the version and drop its .prov', async () => {
    const repackaged = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'README.md': '' } })
    expect((await push('/api/chartrepo/team/charts', repackaged)).status).toBe(201)
    expect((await server.askAsHelm('GET', '/chartrepo/team/charts/nginx-1.0.0.tgz.prov')).status).toBe(404)
  })

  test('push to an immutable namespace prints the message in "error"', async () => {
    await server.namespace('fixed', { immutable: true })
    await server.publish('fixed', { name: 'nginx', version: '1.0.0' })
    const changed = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'README.md': '' } })
    const { status, reason, body } = await push('/api/chartrepo/fixed/charts?force', changed)
    const { error, ...rest } = JSON.parse(body.toString())
    expect([status, rest]).toEqual([409, {}])
    expect(error).toContain('“fixed” is immutable')
    expect(reason).toMatch(/^Conflict: Version 1\.0\.0 of chart "nginx" exists/)
  })

  test('push of an invalid archive returns a readable 400 before the whole body has arrived', async () => {
    const fake = { ...chart, bytes: Buffer.alloc(5 * 1024 * 1024, 1) }
    const { status, body } = await push('/api/chartrepo/team/charts', fake)
    expect([status, JSON.parse(body.toString())]).toEqual([400, { error: expect.stringContaining('gzip') }])
  })

  test('push with an invalid access token returns 401', async () => {
    const { status } = await push('/api/chartrepo/team/charts', chart, { Authorization: 'Bearer none' })
    expect(status).toBe(401)
  })
})

test('an anonymous request gets a Basic and a Bearer challenge, in this order and on separate lines', async () => {
  const { lines } = await server.send('GET', '/chartrepo/team/index.yaml')
  expect(lines('www-authenticate')).toEqual([
    'Basic realm="Chartroom", charset="UTF-8"',
    `Bearer realm="${server.origin}/service/token",service="chartroom",scope="repository:team:pull"`,
  ])
})

test('a name with characters that are invalid in a status line does not crash the process', async () => {
  const headers = { Authorization: basic() }
  for (const name of ['%0d%0aSet-Cookie:%20a=b', '%E5%9B%BE', '%00', 'x'.repeat(4000), '%F0%9F%9A%80']) {
    const {
      status,
      reason,
      headers: answered,
    } = await server.send('GET', `/chartrepo/team/charts/${name}`, { headers })
    expect([status, answered['set-cookie']]).toEqual([404, undefined])
    expect(reason).toMatch(/^Not Found: The file "[\x20-\x7e]+$/)
  }
})

test('an interrupted raw upload leaves no temporary file, and the server keeps running', async () => {
  const { bytes } = await makeChart({ name: 'large', version: '1.0.0', files: { noise: randomBytes(200_000) } })
  const head = [
    'POST /api/chartrepo/team/charts HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: ${basic()}`,
    `Content-Length: ${bytes.length}`,
    '\r\n',
  ].join('\r\n')
  const socket = connect(server.port, '127.0.0.1')
  socket.write(head)
  socket.write(bytes.subarray(0, 100_000))
  await expect.poll(() => uploadsOf(server)).not.toEqual([])
  socket.destroy()
  await expect.poll(() => uploadsOf(server)).toEqual([])
  expect(server.logged).toEqual([])
  expect((await server.send('GET', '/healthz')).status).toBe(200)
})
