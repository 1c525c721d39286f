import type { Server } from 'node:http'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import type { HttpEnv } from '../http-env.ts'
import { closeListener, createListener, listen } from './listener.ts'

let server: Server | undefined
afterEach(async () => {
  if (server) await closeListener(server, 0)
})

async function serve(app: Hono<HttpEnv>): Promise<number> {
  server = createListener(app)
  return listen(server, '127.0.0.1', 0)
}

test('an early response can be read, and the connection stays open', async () => {
  const app = new Hono<HttpEnv>().post('/', (c) => c.text('no', 413)).get('/', (c) => c.text('yes'))
  const port = await serve(app)
  const size = 8 * 1024 * 1024
  const received = await exchange(port, [
    `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${size}\r\n\r\n`,
    Buffer.alloc(size),
    'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  ])
  expect(received).toMatch(/^HTTP\/1\.1 413 .*HTTP\/1\.1 200 OK.*yes/s)
})

test('malformed HTTP gets the response that makes helm fall back from https to http', async () => {
  const port = await serve(new Hono<HttpEnv>())
  const received = await exchange(port, [Buffer.from('16030100a5010000a1', 'hex')])
  expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
})

test.each([
  ['path', '/a\\b', 'localhost'],
  ['host', '/a', 'a/b'],
])('an address whose %s cannot be read is a 400 that says so, with a request ID', async (_, path, host) => {
  const port = await serve(new Hono<HttpEnv>().get('*', (c) => c.text('yes')))
  const received = await exchange(port, [`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`])
  expect(received).toMatch(
    /^HTTP\/1\.1 400 .*x-bce-request-id: [\w-]{36}.*"code":"BadRequest","message":"The host or/is,
  )
})

test('closing waits for running requests', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const app = new Hono<HttpEnv>().get('/', async (c) => {
    start()
    await released
    return c.text('done')
  })
  const port = await serve(app)
  const asked = fetch(`http://127.0.0.1:${port}/`)
  await started
  const closed = closeListener(server!, 10_000) // serve() has just set it
  release()
  expect(await (await asked).text()).toBe('done')
  await closed
  server = undefined
})

/** Sends the pieces and returns everything received until the server closes the connection. */
function exchange(port: number, pieces: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      received += text
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
    for (const piece of pieces) socket.write(piece)
  })
}
