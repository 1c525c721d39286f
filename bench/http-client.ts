import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'

export interface Asked {
  readonly method?: 'HEAD' | 'POST' | 'PUT' | 'DELETE' | undefined
  readonly headers?: OutgoingHttpHeaders
  readonly body?: Uint8Array
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Sends requests to one server over connections that stay open, so many at once at most. */
export class HttpClient implements Disposable {
  readonly #agent: Agent
  readonly #url: string
  readonly #headers: OutgoingHttpHeaders

  /** `headers` go with each request. */
  constructor(url: string, connections: number, headers: OutgoingHttpHeaders = {}) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
    this.#url = url
    this.#headers = headers
  }

  /** The answer with its body. Throws when the status is none of success. */
  async ask(path: string, asked: Asked = {}): Promise<Answered> {
    const incoming = await this.#send(path, asked)
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { statusCode: status = 0, headers } = incoming
    const body = Buffer.concat(chunks)
    if (status < 200 || status > 299) {
      throw new Error(`${asked.method ?? 'GET'} ${path} answered ${status}: ${body.toString().slice(0, 500)}`)
    }
    return { status, headers, body }
  }

  /** Whether the answer is a success; what it says is not looked at. */
  async probe(path: string): Promise<boolean> {
    const incoming = await this.#send(path, { method: 'HEAD' })
    incoming.resume()
    return incoming.statusCode === 200
  }

  /** How many bytes were sent for `path`: they are counted, not kept. */
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

  #send(path: string, asked: Asked): Promise<IncomingMessage> {
    const { method, headers, body } = asked
    const all: OutgoingHttpHeaders = { ...this.#headers, ...headers }
    if (method === 'POST' || method === 'PUT') all['Content-Length'] = body?.length ?? 0
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, method: method ?? 'GET', headers: all }
      const outgoing = request(new URL(path, this.#url), options, resolve)
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // The server closes what stood idle for long; what was sent at that moment has not been read.
        if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(this.#send(path, asked))
        else reject(error)
      })
      outgoing.end(body)
    })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
