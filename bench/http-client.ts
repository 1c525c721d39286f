import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'

export interface RequestOptions {
  readonly method?: 'HEAD' | 'POST' | 'PUT' | 'DELETE' | undefined
  readonly headers?: OutgoingHttpHeaders
  readonly body?: Uint8Array
}

export interface CompleteResponse {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** HTTP client for one server, with keep-alive and a limited number of connections. */
export class HttpClient implements Disposable {
  readonly #agent: Agent
  readonly #url: string
  readonly #headers: OutgoingHttpHeaders

  /** @param headers sent with every request */
  constructor(url: string, connections: number, headers: OutgoingHttpHeaders = {}) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
    this.#url = url
    this.#headers = headers
  }

  /** Sends a request and reads the whole response. Throws unless the status is 2xx. */
  async ask(path: string, options: RequestOptions = {}): Promise<CompleteResponse> {
    const incoming = await this.#send(path, options)
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { statusCode: status = 0, headers } = incoming
    const body = Buffer.concat(chunks)
    if (status < 200 || status > 299) {
      throw new Error(`${options.method ?? 'GET'} ${path} answered ${status}: ${body.toString().slice(0, 500)}`)
    }
    return { status, headers, body }
  }

  /** Sends a HEAD request; true if the status is 200. */
  async probe(path: string): Promise<boolean> {
    const incoming = await this.#send(path, { method: 'HEAD' })
    incoming.resume()
    return incoming.statusCode === 200
  }

  /** Downloads `path`, discards the bytes and returns their number. */
  async download(path: string): Promise<number> {
    const incoming = await this.#send(path, {})
    if (incoming.statusCode !== 200) throw new Error(`GET ${path} answered ${incoming.statusCode}`)
    let size = 0
    return new Promise((resolve, reject) => {
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      incoming.on('end', () => resolve(size)).on('error', reject)
    })
  }

  #send(path: string, options: RequestOptions): Promise<IncomingMessage> {
    const { method, headers, body } = options
    const all: OutgoingHttpHeaders = { ...this.#headers, ...headers }
    if (method === 'POST' || method === 'PUT') all['Content-Length'] = body?.length ?? 0
    return new Promise((resolve, reject) => {
      const ownOptions = { agent: this.#agent, method: method ?? 'GET', headers: all }
      const outgoing = request(new URL(path, this.#url), ownOptions, resolve)
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // The server closed the idle connection before it read the request: send it again.
        if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(this.#send(path, options))
        else reject(error)
      })
      outgoing.end(body)
    })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
