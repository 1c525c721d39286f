import { instanceEndpoints } from '../contract/ccr/instances.ts'
import { namespaceEndpoints } from '../contract/ccr/namespaces.ts'
import { sessionEndpoints } from '../contract/console/session.ts'
import { HttpClient } from './http-client.ts'
import { ADMIN, type ServerProcess, startChartroom } from './server-process.ts'

/** A running Chartroom with the credentials of its administrator. */
export interface Chartroom extends AsyncDisposable {
  readonly server: ServerProcess
  /** ID of the default instance. */
  readonly instance: string
  /** Session cookie. */
  readonly cookie: string
  /** Client that signs in with the session cookie, as the console does. */
  session(connections: number): HttpClient
  /** Client that sends Basic credentials, as Helm does. */
  basic(connections: number): HttpClient
  makeNamespace(name: string): Promise<void>
}

/** Starts Chartroom on the data folder `data` and signs in. */
export async function openChartroom(data: string): Promise<Chartroom> {
  const server = await startChartroom(data)
  const console = { 'X-Requested-With': 'chartroom' }
  const cookie = await cookieOf(server.url)
  const password = Buffer.from(`${ADMIN.account}:${ADMIN.password}`).toString('base64')
  const session = (connections: number) => new HttpClient(server.url, connections, { ...console, Cookie: cookie })
  const own = session(1)
  const { body } = await own.ask(instanceEndpoints.list.path)
  const { instances } = instanceEndpoints.list.response.parse(JSON.parse(body.toString()))
  const instance = instances[0]?.id ?? ''
  return {
    server,
    instance,
    cookie,
    session,
    basic: (connections) => new HttpClient(server.url, connections, { Authorization: `Basic ${password}` }),
    async makeNamespace(name) {
      const body = Buffer.from(JSON.stringify({ projectName: name, public: 'false' }))
      const headers = { 'Content-Type': 'application/json' }
      await own.ask(namespaceEndpoints.create.path.replace(':instanceId', instance), { method: 'POST', headers, body })
    },
    async [Symbol.asyncDispose]() {
      own[Symbol.dispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function cookieOf(url: string): Promise<string> {
  using client = new HttpClient(url, 1, { 'X-Requested-With': 'chartroom', 'Content-Type': 'application/json' })
  const { headers } = await client.ask(sessionEndpoints.signIn.path, {
    method: 'POST',
    body: Buffer.from(JSON.stringify(ADMIN)),
  })
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
}
