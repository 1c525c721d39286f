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

/** Timeouts of connections and requests, in milliseconds. */
export interface Timeouts {
  /** A connection without any traffic is closed. */
  readonly idle: number
  /** The headers of a request, and the whole request, must have arrived. */
  readonly headers: number
  readonly request: number
}

const TIMEOUTS: Timeouts = { idle: 120_000, headers: 60_000, request: 60 * 60_000 }
/** Longer than that of common proxies: the proxy must be the one that closes an idle connection. */
const KEEP_ALIVE_TIMEOUT = 75_000
/** Limit for reading on after an early response; see `drain`. */
const DRAIN_BYTES = 64 * 1024 * 1024
const DRAIN_TIMEOUT = 30_000

/** Creates the HTTP server of `app`. Malformed HTTP gets Node's own 400, which helm's fallback from https to http expects. */
export function createListener(app: HttpApp, timeouts: Timeouts = TIMEOUTS): Server {
  const handle: Parameters<typeof getRequestListener>[0] = async (request, env) =>
    sendFromSource(await app.fetch(request, env), env.outgoing as ServerResponse) // it speaks no HTTP/2
  const respond = getRequestListener(handle, {
    hostname: 'localhost',
    // Done by `drain`, with longer limits: a browser reads the response only after it has sent the whole body.
    autoCleanupIncoming: false,
    errorHandler: unreadableRequest,
  })
  const connectionsCheckingInterval = Math.min(timeouts.headers, 30_000)
  const server = createServer({ connectionsCheckingInterval }, (incoming, outgoing) => {
    outgoing.once('finish', () => drain(incoming))
    if (acceptAddress(incoming)) respond(incoming, outgoing).catch(() => outgoing.destroy())
    else refuseAddress(outgoing)
  })
  server.timeout = timeouts.idle
  server.headersTimeout = timeouts.headers
  server.requestTimeout = timeouts.request
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT
  return server
}

/** Starts listening and returns the port. Rejects with Node's error, such as EADDRINUSE. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port) // a TCP server has no other kind of address
    })
  })
}

/** Stops accepting connections, waits up to `grace` milliseconds for running requests, then closes all connections. */
export async function closeListener(server: Server, grace: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/**
 * Reads on after an early response, so that the client can finish sending and read it. Closing at once would reset the
 * connection and lose the response. Bounded by bytes and time.
 */
function drain(incoming: IncomingMessage): void {
  if (incoming.readableEnded || incoming.destroyed) return
  // Node itself discards a body that has arrived and was not read.
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

/** Refuses a request with an invalid `Host` or target and closes the connection, whose framing cannot be trusted. */
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

/** Response when the adapter cannot build a URL from the request, for example with a backslash in the path. */
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
