import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders, request } from 'node:http'

/** Credentials of an account or a robot. */
export interface Login {
  readonly name: string
  readonly password: string
}

export interface RequestOptions {
  /** Basic credentials. */
  readonly as?: Login
  /** Sent as JSON unless it is a form, a string or bytes. */
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
}

export interface HttpResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  json(): ReturnType<typeof JSON.parse>
}

/** A client of a running server, for the fixtures of data folders. */
export class HttpClient {
  readonly origin: string
  readonly #session: string | undefined

  constructor(origin: string, session?: string) {
    this.origin = origin
    this.#session = session
  }

  /** Signs in like the console. Throws if that fails. */
  async signIn(account: Login): Promise<{ client: HttpClient; response: HttpResponse }> {
    const response = await this.ok('POST', '/console/session', {
      body: { account: account.name, password: account.password },
    })
    const cookie = response.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ')
    return { client: new HttpClient(this.origin, cookie), response }
  }

  /** Sends a request and throws unless the response is a success. */
  async ok(method: string, path: string, options?: RequestOptions): Promise<HttpResponse> {
    const response = await this.send(method, path, options)
    if (response.status >= 200 && response.status < 300) return response
    throw new Error(`${method} ${path}: ${response.status} ${response.body}`)
  }

  async send(method: string, path: string, { as, body, headers }: RequestOptions = {}): Promise<HttpResponse> {
    const encoded = await encode(body)
    const session = this.#session && { Cookie: this.#session, 'X-Requested-With': 'chartroom' }
    const basic = as && { Authorization: `Basic ${Buffer.from(`${as.name}:${as.password}`).toString('base64')}` }
    const length = method === 'GET' || method === 'HEAD' ? {} : { 'Content-Length': encoded.bytes.length }
    return new Promise((resolve, reject) => {
      const all = { ...length, ...encoded.headers, ...session, ...basic, ...headers }
      const sent = request(new URL(path, this.origin), { method, headers: all, agent: false }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const json = () => JSON.parse(bytes.toString())
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, json })
        })
      })
      sent.on('error', reject).end(encoded.bytes)
    })
  }
}

/** Returns the SHA-256 in lower-case hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function encode(body: RequestOptions['body']): Promise<{ bytes: Uint8Array; headers: Record<string, string> }> {
  if (body === undefined) return { bytes: new Uint8Array(), headers: {} }
  if (typeof body === 'string' || body instanceof Uint8Array) return { bytes: Buffer.from(body), headers: {} }
  if (body instanceof FormData) {
    const form = new Response(body)
    const type = form.headers.get('content-type') ?? ''
    // Not `bytes`, which the Response that Hono's server puts in the place of Node's does not have.
    return { bytes: new Uint8Array(await form.arrayBuffer()), headers: { 'Content-Type': type } }
  }
  return { bytes: Buffer.from(JSON.stringify(body)), headers: { 'Content-Type': 'application/json' } }
}
