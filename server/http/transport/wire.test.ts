import { createHash } from 'node:crypto'
import { readdir, readlink, truncate } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { ociClient } from '../oci/testing/oci-client.ts'
import { MULTIPART, multipart } from '../testing/multipart.ts'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { closeListener, createListener, listen } from './listener.ts'

const LIMIT = 4 * 1024 * 1024

let server: TestApp
let listener: Server
let port: number
let charts: string
let headers: Record<string, string>

beforeEach(async () => {
  server = await openTestApp({ maxUploadBytes: LIMIT })
  await server.namespace('team')
  listener = createListener(server.app)
  port = await listen(listener, '127.0.0.1', 0)
  charts = `/v1/instances/${server.instance}/projects/team/charts`
  headers = { Cookie: server.cookie, 'X-Requested-With': 'chartroom' }
})
afterEach(async () => {
  await closeListener(listener, 0)
  await server.close()
})

const url = (path: string) => `http://127.0.0.1:${port}${path}`

async function openFiles(): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
  return (await Promise.all(links)).filter((path) => path.includes(`${server.folder}/blobs`))
}

/** Files of uploads and blobs. */
async function blobFiles(): Promise<string[]> {
  const files = await readdir(`${server.folder}/blobs`, { recursive: true, withFileTypes: true })
  return files.filter((file) => file.isFile()).map((file) => file.name)
}

describe('an upload over a real connection', () => {
  test.each([
    ['is too large', () => largeChart(4 * LIMIT), 413, 'EntityTooLarge'],
    ['is no chart', () => Buffer.alloc(4 * LIMIT), 400, 'BadRequest'],
  ])('that %s is answered so that the client can read it', async (_, make, status, code) => {
    const body = multipart([['chart', await make(), 'chart.tgz']])
    const answer = await fetch(url(charts), {
      method: 'POST',
      body,
      headers: { ...headers, 'Content-Type': MULTIPART },
    })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code, requestId: answer.headers.get('x-bce-request-id') })
    expect(await blobFiles()).toEqual([])
  })

  test('without a credential is refused before its body has arrived', async () => {
    const body = multipart([['chart', Buffer.alloc(3 * LIMIT)]])
    const answer = await fetch(url(charts), { method: 'POST', body, headers: { 'Content-Type': MULTIPART } })
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'SignatureEmpty'])
  })

  test('in small chunks, without a length, is accepted', async () => {
    const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0' })
    const form = multipart([['chart', bytes]])
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        for (let offset = 0; offset < form.length; offset += 97) {
          controller.enqueue(form.subarray(offset, offset + 97))
          await new Promise(setImmediate)
        }
        controller.close()
      },
    })
    const init = { method: 'POST', body, headers: { ...headers, 'Content-Type': MULTIPART }, duplex: 'half' } as const
    expect((await fetch(url(charts), init)).status).toBe(200)
  })

  test('that is aborted leaves nothing behind, and the server keeps working', async () => {
    const head = [
      `POST ${charts} HTTP/1.1`,
      'Host: 127.0.0.1',
      `Cookie: ${server.cookie}`,
      'X-Requested-With: chartroom',
      `Content-Type: ${MULTIPART}`,
      'Content-Length: 1000000',
      '\r\n',
    ].join('\r\n')
    const socket = connect(port, '127.0.0.1')
    socket.write(head)
    socket.write(multipart([['chart', noise(100_000)]]).subarray(0, 50_000))
    const large = await makeChart({ name: 'large', version: '1.0.0', files: { noise: noise(200_000) } })
    const upload = connect(port, '127.0.0.1')
    upload.write(head)
    upload.write(multipart([['chart', large.bytes]]).subarray(0, 100_000))
    await expect.poll(blobFiles).not.toEqual([])
    socket.destroy()
    upload.destroy()
    await expect.poll(blobFiles).toEqual([])
    expect(server.logged).toEqual([])
    expect((await fetch(url('/healthz'))).status).toBe(200)
  })
})

describe('a download over a real connection', () => {
  let file: string
  let size: number
  let digest: string
  beforeEach(async () => {
    const chart = { name: 'large', version: '1.0.0', files: { noise: noise(3_500_000) } }
    await server.publish('team', chart)
    const { bytes, sha256 } = await makeChart(chart)
    size = bytes.length
    digest = sha256
    file = `${charts}/download/large-1.0.0.tgz`
  })

  test('is complete, for concurrent clients', async () => {
    const download = async () => {
      const answer = await fetch(url(file), { headers })
      expect(answer.headers.get('content-length')).toBe(String(size))
      return createHash('sha256')
        .update(await answer.bytes())
        .digest('hex')
    }
    expect(await Promise.all([download(), download(), download()])).toEqual([digest, digest, digest])
    await expect.poll(openFiles).toEqual([])
  })

  test('that waits for another on the same connection leaves no file open when that is aborted', async () => {
    const socket = connect(port, '127.0.0.1')
    const request = `GET ${file} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${server.cookie}\r\n\r\n`
    // The client reads nothing: the first responses fill the buffers of the system, the next one blocks, and others wait.
    socket.write(request.repeat(8))
    await expect.poll(async () => (await openFiles()).length).toBeGreaterThan(1)
    socket.destroy()
    await expect.poll(openFiles).toEqual([])
    expect(server.logged).toEqual([])
  })

  test('that the client aborts leaves no file open, and is not logged', async () => {
    for (let index = 0; index < 10; index++) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1')
        socket.on('error', reject).on('close', () => resolve())
        socket.write(`GET ${file} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${server.cookie}\r\n\r\n`)
        socket.once('data', () => socket.destroy())
      })
    }
    await expect.poll(openFiles).toEqual([])
    expect(server.logged).toEqual([])
  })

  test('by HEAD opens no file', async () => {
    for (let index = 0; index < 10; index++) {
      const answer = await fetch(url(file), { method: 'HEAD', headers })
      expect(answer.headers.get('content-length')).toBe(String(size))
    }
    expect(await openFiles()).toEqual([])
  })

  test('is cut off if its file is truncated meanwhile: the client gets an error', async () => {
    // More than the buffers of the system.
    const large = Buffer.alloc(48 * 1024 * 1024)
    const blob = await ociClient(server).pushBlob('team/large', large)
    const answer = await fetch(url(`/v2/team/large/blobs/${blob.digest}`), { headers: { Authorization: basic() } })
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(large.length)])
    const reader = answer.body?.getReader()
    await reader?.read()
    const hex = blob.digest.slice('sha256:'.length)
    await truncate(join(server.folder, 'blobs/sha256', hex.slice(0, 2), hex), 1_000_000)
    const readToEnd = async () => {
      while (!(await reader?.read())?.done);
    }
    await expect(readToEnd()).rejects.toThrow('terminated')
    await expect.poll(openFiles).toEqual([])
    expect(server.logged).toMatchObject([{ msg: expect.any(String) }])
    expect((await fetch(url('/healthz'))).status).toBe(200)
  })

  test('of a truncated file returns 404', async () => {
    await truncate(join(server.folder, 'blobs/sha256', digest.slice(0, 2), digest), 1_000_000)
    const answer = await fetch(url(file), { headers })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ requestId: answer.headers.get('x-bce-request-id') })
  })
})

/** A valid chart of at least `size` bytes, without a file above helm's limit. */
async function largeChart(size: number): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {}
  for (let rest = size, index = 0; rest > 0; rest -= LIMIT, index++) files[`files/${index}`] = noise(LIMIT)
  return (await makeChart({ name: 'large', version: '1.0.0', files })).bytes
}

/** Incompressible bytes, always the same. */
function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  })
}
