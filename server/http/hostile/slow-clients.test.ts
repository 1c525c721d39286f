import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { filesOf } from '../../testing/look-inside.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { MULTIPART, multipart } from '../testing/multipart.ts'
import { basic } from '../testing/open-test-app.ts'

/** Clients that send slowly or stop: each is disconnected after a timeout, whatever the route, and leaves nothing behind. */

let server: ListeningApp
let sockets: Socket[]
beforeEach(async () => {
  server = await openListeningApp({}, { headers: 200, request: 600, idle: 60_000 })
  await server.namespace('team')
  sockets = []
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await server.close()
})

/** Sends `begin`, then `drip` repeatedly until the server closes the connection. Returns everything received. */
function talk(begin: string | Uint8Array, drip?: string): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(server.port, '127.0.0.1')
    sockets.push(socket)
    socket.setEncoding('latin1')
    const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), 20)
    socket.on('data', (text) => {
      received += text
    })
    // A write error means that the server closed the connection, as expected.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve(received)
    })
    socket.write(begin)
  })
}

const head = (line: string, headers: Record<string, string>) =>
  [`${line} HTTP/1.1`, 'Host: localhost', ...Object.entries(headers).map((pair) => pair.join(': ')), '', ''].join(
    '\r\n',
  )

test.each([
  ['that stop', undefined],
  ['that go on and on', 'X-More: x\r\n'],
])('headers %s', async (_, drip) => {
  expect(await talk('GET / HTTP/1.1\r\nHost: localhost\r\n', drip)).toMatch(/^HTTP\/1\.1 408 /)
})

const known = () => ({ Cookie: server.cookie, 'X-Requested-With': 'chartroom' })
const LONG = { 'Content-Length': '1000000' }
const requests: Record<string, () => Promise<string | Uint8Array>> = {
  'a JSON body': async () => `${head('POST /v1/instances', { ...known(), ...LONG })}{"name": "`,
  'a chart in a form': async () => {
    const form = multipart([['chart', (await makeChart({ name: 'nginx', version: '1.0.0' })).bytes]])
    const path = `/v1/instances/${server.instance}/projects/team/charts`
    const begin = head(`POST ${path}`, { ...known(), ...LONG, 'Content-Type': MULTIPART })
    return Buffer.concat([Buffer.from(begin), form.subarray(0, form.length - 60)])
  },
  'a chart as it is': async () => {
    const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0' })
    const begin = head('POST /api/chartrepo/team/charts', { Authorization: basic(), ...LONG })
    return Buffer.concat([Buffer.from(begin), bytes.subarray(0, 40)])
  },
  'a blob': async () =>
    `${head(`POST /v2/team/app/blobs/uploads/?digest=sha256:${'0'.repeat(64)}`, { Authorization: basic(), ...LONG })}x`,
  'a manifest': async () => `${head('PUT /v2/team/app/manifests/v1', { Authorization: basic(), ...LONG })}{`,
  'the form of the token service': async () => `${head('POST /service/token', LONG)}grant_type=`,
  'what no route takes': async () => `${head('POST /nowhere', LONG)}x`,
}

test.each(Object.entries(requests))('%s that never ends', async (_, request) => {
  const begin = await request()
  await Promise.all([talk(begin), talk(begin, 'x')])
  // The server may close the connection before it has removed the upload.
  await expect.poll(() => filesOf(server)).toEqual([])
  // On a busy machine this one may time out too.
  await expect.poll(async () => (await fetch(`${server.origin}/healthz`)).status).toBe(200)
  expect(server.logged).toEqual([])
})
