import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { ErrorBody } from '../../../contract/ccr/errors.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import type { HttpApp } from '../http-env.ts'
import { REQUEST_ID_HEADER } from './every-request.ts'
import { acceptAddress } from './request-address.ts'
import { BYTES_HEADERS } from './security-headers.ts'
import { sendFromSource } from './send-stream.ts'

/** How long clients are waited for, whatever route they ask for; all in milliseconds. */
export interface Patience {
  /** A connection on which nothing moves for so long is cut. */
  readonly idle: number
  /** How long the headers of a request, and a request as a whole, may take to come in. */
  readonly headers: number
  readonly request: number
}

const PATIENCE: Patience = { idle: 120_000, headers: 60_000, request: 60 * 60_000 }
/** Longer than the usual proxy's, which must be the side that gives up an idle connection. */
const KEEP_ALIVE_TIMEOUT = 75_000
/** What is read and thrown away of a request that was answered before its end. */
const DRAIN_BYTES = 64 * 1024 * 1024
const DRAIN_TIMEOUT = 30_000

/** The server of `app`. Malformed HTTP gets Node's own 400 bytes: helm's fallback from https to http waits for them. */
export function createListener(app: HttpApp, patience: Patience = PATIENCE): Server {
  const answer: Parameters<typeof getRequestListener>[0] = async (request, env) =>
    sendFromSource(await app.fetch(request, env), env.outgoing as ServerResponse) // it speaks no HTTP/2
  const respond = getRequestListener(answer, {
    hostname: 'localhost',
    // Done below, with more patience: a browser reads the answer only after it has sent its whole body.
    autoCleanupIncoming: false,
    errorHandler: unreadableRequest,
  })
  // How often it is looked for those that take too long.
  const connectionsCheckingInterval = Math.min(patience.headers, 30_000)
  const server = createServer({ connectionsCheckingInterval }, (incoming, outgoing) => {
    outgoing.once('finish', () => drain(incoming))
    if (acceptAddress(incoming)) respond(incoming, outgoing).catch(() => outgoing.destroy())
    else refuseAddress(outgoing)
  })
  server.timeout = patience.idle
  server.headersTimeout = patience.headers
  server.requestTimeout = patience.request
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT
  return server
}

/** Listens, and answers with the port. Rejects with Node's error when it cannot. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port) // a TCP server has no other kind of address
    })
  })
}

/** Stops accepting, lets what runs finish for `patience` milliseconds, then cuts it off. */
export async function closeListener(server: Server, patience: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/**
 * Reads on after an early answer, so that the client can finish sending and see it: closing at once would reset the
 * connection, and the answer would be lost with it. Bounded by bytes and time.
 */
function drain(incoming: IncomingMessage): void {
  if (incoming.readableEnded || incoming.destroyed) return
  // It has come in, and nobody wants it: Node throws that away by itself.
  if (incoming.complete && !incoming.readableDidRead) return
  const close = () => incoming.socket.destroySoon()
  const timer = setTimeout(close, DRAIN_TIMEOUT)
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > DRAIN_BYTES) close()
  })
  incoming.on('error', () => {}).once('close', () => clearTimeout(timer))
  incoming.resume()
}

/** Refuses a request with a bad `Host` or target, and closes the connection: what follows on it may not be a request. */
function refuseAddress(outgoing: ServerResponse): void {
  const { requestId, text } = addressRefusal()
  outgoing.writeHead(400, {
    ...BYTES_HEADERS,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    [REQUEST_ID_HEADER]: requestId,
    Connection: 'close',
  })
  outgoing.end(text)
}

/** The adapter could not make a URL of the request: a backslash in the path, say. */
function unreadableRequest(): Response {
  const { requestId, text } = addressRefusal()
  const headers = { ...BYTES_HEADERS, 'Content-Type': 'application/json', [REQUEST_ID_HEADER]: requestId }
  return new Response(text, { status: 400, headers })
}

function addressRefusal(): { readonly requestId: string; readonly text: string } {
  const requestId = randomUUID()
  const message = errorMessage(new RegistryError('address-malformed'), 'en-US')
  const body: ErrorBody = { code: 'BadRequest', message, requestId }
  return { requestId, text: JSON.stringify(body) }
}
