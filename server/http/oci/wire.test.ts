import { readdir, readlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { type ListeningApp, openListeningApp, type WireRequest } from '../testing/listening-app.ts'
import { basic } from '../testing/open-test-app.ts'
import { ociClient, sha256 } from './testing/oci-client.ts'

let server: ListeningApp

beforeEach(async () => {
  server = await openListeningApp({ maxBlobBytes: 1024 * 1024 })
  await server.namespace('team')
  await server.namespace('fixed', { immutable: true })
})
afterEach(() => server.close())

const uploads = '/v2/team/nginx/blobs/uploads/'

function send(method: string, path: string, request: WireRequest = {}) {
  return server.send(method, path, { ...request, headers: { Authorization: basic(), ...request.headers } })
}

async function begin(): Promise<string> {
  return (await send('POST', uploads)).headers.location ?? ''
}

test('helm before 3.18 prints the status line, which has the reason in printable ASCII', async () => {
  const oci = ociClient(server)
  await oci.pushChart('fixed', { name: 'nginx', version: '1.0.0' })
  const { manifest } = await oci.pushChart('fixed', { name: 'nginx', version: '1.0.0', metadata: { home: 'x' } })
  const answer = await send('PUT', '/v2/fixed/nginx/manifests/1.0.0', {
    body: [Buffer.from(manifest)],
    headers: { 'Content-Type': 'application/vnd.oci.image.manifest.v1+json' },
  })
  expect(answer.status).toBe(403)
  expect(answer.reason).toMatch(/^Forbidden: Version 1\.0\.0 of chart "nginx" exists, and the namespace "fixed" is imm/)
  expect(answer.reason).toMatch(/^[ -~]{1,200}$/)
})

test('returns one Bearer challenge, with a realm on the host of the request', async () => {
  const answer = await server.send('GET', '/v2/team/nginx/manifests/1', { headers: { Host: 'charts.example.org' } })
  expect(answer.lines('www-authenticate')).toEqual([
    'Bearer realm="http://charts.example.org/service/token",service="chartroom",scope="repository:team/nginx:pull"',
  ])
})

test('helm 3.2 pushes a blob without a Content-Type', async () => {
  const bytes = Buffer.from('without a type')
  const answer = await send('PUT', `${await begin()}?digest=${sha256(bytes)}`, {
    body: [bytes],
    headers: { 'Content-Length': bytes.length },
  })
  expect(answer.status).toBe(201)
  expect(answer.headers['docker-content-digest']).toBe(sha256(bytes))
})

test('helm since 3.18 requires a Content-Length on HEAD', async () => {
  await ociClient(server).pushChart('team', { name: 'nginx', version: '1.0.0' })
  const answer = await send('HEAD', '/v2/team/nginx/manifests/1.0.0')
  expect(Number(answer.headers['content-length'])).toBeGreaterThan(100)
  expect(answer.headers['docker-content-digest']).toMatch(/^sha256:/)
})

test('a blob that is too large returns a readable 413 and is not stored', async () => {
  const bytes = Buffer.alloc(3 * 1024 * 1024)
  const answer = await send('POST', `${uploads}?digest=${sha256(bytes)}`, { body: [bytes] })
  expect(answer.status).toBe(413)
  expect(answer.reason).toContain('larger than 1 MiB')
  expect(await files()).toEqual([])
})

test('an interrupted upload keeps the received bytes, and the client resumes', async () => {
  const location = await begin()
  const socket = connect(server.port, '127.0.0.1')
  const head = [`PATCH ${location} HTTP/1.1`, 'Host: x', `Authorization: ${basic()}`, 'Content-Length: 100']
  socket.write(`${head.join('\r\n')}\r\n\r\n${'a'.repeat(60)}`)
  await expect.poll(async () => (await send('GET', location)).headers.range).toBe('0-59')
  socket.destroy()
  const bytes = Buffer.from('a'.repeat(60) + 'b'.repeat(40))
  const rest = { body: [bytes.subarray(60)], headers: { 'Content-Range': '60-99', 'Content-Length': 40 } }
  await expect.poll(async () => (await send('PATCH', location, rest)).status).toBe(202)
  expect((await send('PUT', `${location}?digest=${sha256(bytes)}`)).status).toBe(201)
})

test('an upload continues after a restart of the server', async () => {
  const location = await begin()
  const bytes = Buffer.from('first half, second half')
  await send('PATCH', location, { body: [bytes.subarray(0, 11)] })
  // Another store on the same folder: it has not seen the first half.
  const { openFileBlobStore } = await import('../../blobs/file-blob-store.ts')
  const restarted = await openFileBlobStore(`${server.folder}/blobs`)
  Object.assign(server.registry, { blobs: restarted })
  expect((await send('GET', location)).headers.range).toBe('0-10')
  await send('PATCH', location, { body: [bytes.subarray(11)] })
  expect((await send('PUT', `${location}?digest=${sha256(bytes)}`)).status).toBe(201)
  expect((await send('GET', `/v2/team/nginx/blobs/${sha256(bytes)}`)).body.equals(bytes)).toBe(true)
})

test('an anonymous upload returns 401 before its body arrives', async () => {
  const answer = await server.send('POST', uploads, { headers: { 'Content-Length': 0 } })
  expect(answer.status).toBe(401)
  expect(await files()).toEqual([])
})

test('HEAD opens no file, and no file stays open', async () => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  await ociClient(server).pushChart('team', chart)
  for (let times = 0; times < 20; times++) await send('HEAD', `/v2/team/nginx/blobs/sha256:${chart.sha256}`)
  await expect.poll(openFiles).toEqual([])
})

/** Files of the blob store, uploads included. */
async function files(): Promise<string[]> {
  const all = await readdir(`${server.folder}/blobs`, { recursive: true, withFileTypes: true })
  return all.filter((file) => file.isFile()).map((file) => file.name)
}

async function openFiles(): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
  return (await Promise.all(links)).filter((path) => path.includes(`${server.folder}/blobs`))
}
