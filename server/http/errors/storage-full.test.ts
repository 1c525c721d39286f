import { readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../app.ts'
import { openFileBlobStore } from '../../blobs/file-blob-store.ts'
import { insertAccount } from '../../testing/insert-account.ts'
import type { HttpApp } from '../http-env.ts'
import { sha256 } from '../oci/testing/oci-client.ts'
import { MULTIPART, multipart } from '../testing/multipart.ts'
import { ADMINISTRATOR, basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

const FULL =
  'The disk of the registry is full. Nothing was stored. Ask the administrator of the server to free space, then try again.'

let server: TestApp
/** The same server with less free space than its reserve. */
let full: HttpApp

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.publish('team', { name: 'web', version: '1.0.0' })
  const blobs = await openFileBlobStore(join(server.folder, 'blobs'), { reserve: Number.MAX_SAFE_INTEGER })
  full = createApp({ ...server.context, registry: { ...server.registry, blobs } })
})
afterEach(() => server.close())

describe('every API refuses an upload with 507 and the reason, before reading the body', () => {
  const uploads: [
    api: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    words: (answer: Response) => Promise<unknown>,
    expected: unknown,
  ][] = [
    [
      'classic, the archive alone',
      'POST',
      '/api/chartrepo/team/charts',
      {},
      (answer) => answer.json(),
      { error: FULL },
    ],
    [
      'classic, a form',
      'POST',
      '/api/chartrepo/team/charts',
      { 'Content-Type': MULTIPART },
      (answer) => answer.json(),
      { error: FULL },
    ],
    [
      'management',
      'POST',
      '/v1/instances/INSTANCE/projects/team/charts',
      { 'Content-Type': MULTIPART },
      (answer) => answer.json(),
      expect.objectContaining({ code: 'Internal server error', message: FULL }),
    ],
    [
      'OCI, in one request',
      'POST',
      `/v2/team/web/blobs/uploads/?digest=${sha256('')}`,
      {},
      (answer) => answer.json(),
      { errors: [{ code: 'UNKNOWN', message: FULL }] },
    ],
    [
      'OCI, in parts',
      'PATCH',
      '/v2/team/web/blobs/uploads/UPLOAD',
      {},
      (answer) => answer.json(),
      { errors: [{ code: 'UNKNOWN', message: FULL }] },
    ],
    [
      'OCI, in the last request',
      'PUT',
      `/v2/team/web/blobs/uploads/UPLOAD?digest=${sha256('')}`,
      {},
      (answer) => answer.json(),
      { errors: [{ code: 'UNKNOWN', message: FULL }] },
    ],
  ]

  test.each(uploads)('%s', async (_, method, path, headers, words, expected) => {
    // Begun while there was space.
    const begun = await server.askAsHelm('POST', '/v2/team/web/blobs/uploads/')
    const upload = begun.headers.get('docker-upload-uuid') ?? ''
    const body = endlessBody('Content-Type' in headers)
    const answer = await full.request(path.replace('INSTANCE', server.instance).replace('UPLOAD', upload), {
      method,
      headers: { ...credentialsFor(path), ...headers },
      body: body.stream,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(507)
    expect(await words(answer)).toEqual(expected)
    expect(body.read()).toBeLessThan(5 * PIECE.length)
    const left = await readdir(join(server.folder, 'blobs', 'uploads'))
    expect(left).toEqual(path.includes('UPLOAD') ? [] : [upload])
    expect(server.logged).toMatchObject([{ msg: 'storage takes no writes', err: { type: 'StorageFullError' } }])
  })

  test('in the language of the client', async () => {
    const answer = await full.request('/api/chartrepo/team/charts', {
      method: 'POST',
      headers: { Authorization: basic(), 'Accept-Language': 'zh-CN' },
      body: 'x',
    })
    expect(await answer.json()).toEqual({ error: '服务器磁盘已满，未保存任何内容。请联系服务器管理员释放空间后重试。' })
  })
})

test('reading, sign-in, administration and deletion work while uploads are refused', async () => {
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { ...credentialsFor(path), 'Content-Type': 'application/json' }
    const answer = await full.request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return answer.status
  }
  const projects = `/v1/instances/${server.instance}/projects`
  expect(await ask('POST', '/console/session', ADMINISTRATOR)).toBe(200)
  expect(await ask('GET', '/chartrepo/team/index.yaml')).toBe(200)
  expect(await ask('GET', '/chartrepo/team/charts/web-1.0.0.tgz')).toBe(200)
  expect(await ask('GET', '/service/token?service=chartroom&scope=repository:team/web:pull')).toBe(200)
  expect(await ask('GET', '/v2/team/web/manifests/1.0.0')).toBe(200)
  expect(await ask('POST', projects, { projectName: 'other', public: 'false' })).toBe(200)
  expect(await ask('DELETE', '/api/chartrepo/team/charts/web/1.0.0')).toBe(200)
})

test('a full database refuses writes with 507, and reading works', async () => {
  const member = { id: 'ann', name: 'ann', role: 'administrator', password: 'a password of hers' } as const
  await insertAccount(server.registry, member)
  await server.registry.database.write(async (transaction) => {
    // The current number of pages: SQLite then reports a full disk.
    await sql`pragma max_page_count = 1`.execute(transaction)
  })
  const asAnn = { Authorization: basic(member.name, member.password) }
  expect((await server.app.request('/chartrepo/team/index.yaml', { headers: asAnn })).status).toBe(200)
  const session = { account: member.name, password: member.password }
  // Existing pages still have room for some rows, so it takes several.
  const signIn = () => server.askAnonymously('POST', '/console/session', { body: session })
  let answer = await signIn()
  for (let times = 0; times < 500 && answer.status === 200; times++) answer = await signIn()
  expect([answer.status, (await answer.json()).message]).toEqual([507, FULL])
  expect((await server.app.request('/chartrepo/team/index.yaml', { headers: asAnn })).status).toBe(200)
})

test('an upload that does not fit is aborted when space runs out, and leaves nothing behind', async () => {
  const { bavail, bsize } = await statfs(server.folder)
  // Enough for other processes to write a little meanwhile.
  const room = 64 * 1024 * 1024
  const blobs = await openFileBlobStore(join(server.folder, 'blobs'), { reserve: bavail * bsize - room })
  const app = createApp({ ...server.context, registry: { ...server.registry, blobs, maxBlobBytes: 1024 ** 4 } })
  const body = endlessBody(false)
  const answer = await app.request(`/v2/team/web/blobs/uploads/?digest=${sha256('')}`, {
    method: 'POST',
    headers: { Authorization: basic() },
    body: body.stream,
    duplex: 'half',
  } as RequestInit)
  expect(answer.status).toBe(507)
  expect(body.read()).toBeGreaterThan(PIECE.length)
  expect(await readdir(join(server.folder, 'blobs', 'uploads'))).toEqual([])
})

const PIECE = Buffer.alloc(64 * 1024, 'x')

/** Headers of the administrator: the session under `/v1` and `/console`, the password elsewhere. */
function credentialsFor(path: string): Record<string, string> {
  const isConsole = path.startsWith('/v1') || path.startsWith('/console')
  return isConsole ? { cookie: server.cookie, 'X-Requested-With': 'chartroom' } : { Authorization: basic() }
}

/** An endless body, as a form or as plain bytes, and the number of bytes read from it. */
function endlessBody(isForm: boolean): { stream: ReadableStream; read(): number } {
  let taken = 0
  const head = multipart([['chart', '', 'web-2.0.0.tgz']]).subarray(0, -'\r\n--chartroom-test-boundary--\r\n'.length)
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(isForm && taken === 0 ? head : PIECE)
      taken += PIECE.length
    },
  })
  return { stream, read: () => taken }
}
