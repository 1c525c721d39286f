import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { closeListener, createListener, listen, type Timeouts } from '../transport/listener.ts'
import { openTestApp, type TestApp, type TestAppOptions } from './open-test-app.ts'

/** Response on the wire, with the status line. */
export interface WireAnswer {
  readonly status: number
  readonly reason: string
  readonly headers: IncomingHttpHeaders
  /** Values of a header, one per line. */
  lines(name: string): string[]
  readonly body: Buffer
}

export interface WireRequest {
  readonly headers?: OutgoingHttpHeaders
  /** Body in pieces, sent chunked unless the headers have a length. */
  readonly body?: readonly Uint8Array[]
}

/** The server on a port, for what only the wire shows. */
export interface ListeningApp extends TestApp {
  readonly port: number
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** Sends exactly these headers and those that HTTP requires. */
  send(method: string, path: string, request?: WireRequest): Promise<WireAnswer>
}

export async function openListeningApp(options: TestAppOptions = {}, timeouts?: Timeouts): Promise<ListeningApp> {
  const app = await openTestApp(options)
  const listener = createListener(app.app, timeouts)
  const port = await listen(listener, '127.0.0.1', 0)
  const close = async () => {
    await closeListener(listener, 0)
    await app.close()
  }
  return {
    ...app,
    port,
    origin: `http://127.0.0.1:${port}`,
    send: (method, path, wanted = {}) => send(port, method, path, wanted),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function send(port: number, method: string, path: string, { headers = {}, body }: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          reason: answer.statusMessage ?? '',
          headers: answer.headers,
          lines: (name) => answer.headersDistinct[name] ?? [],
          body: Buffer.concat(chunks),
        }),
      )
    })
    asked.on('error', reject)
    for (const piece of body ?? []) asked.write(piece)
    asked.end()
  })
}
