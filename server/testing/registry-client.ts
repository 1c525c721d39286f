import { makeChart, type TestChart, type TestChartOptions } from '../../chart/testing/make-chart.ts'
import { signIn } from './start-server.ts'

/** A client of a running server, with the credentials of its administrator. */
export interface RegistryClient {
  readonly instance: string
  /** Sends a request with Basic credentials, like Helm clients. */
  basic(method: string, path: string, body?: BodyInit): Promise<Response>
  /** Sends a request with a session, like the console. Serializes a body other than a string or a form as JSON. */
  console(method: string, path: string, body?: unknown): Promise<Response>
  /** Creates a private namespace. */
  namespace(name: string): Promise<void>
  /** Pushes a chart over the classic API. Returns it with the status of the response. */
  push(namespace: string, chart: TestChartOptions): Promise<{ chart: TestChart; status: number }>
}

/** Signs in as the administrator. Throws if that fails. */
export async function registryClient(url: string, password: string): Promise<RegistryClient> {
  const { status, cookie } = await signIn(url, password)
  if (status !== 200) throw new Error(`The sign-in failed with status ${status}.`)
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`
  const basic: RegistryClient['basic'] = (method, path, body) =>
    fetch(url + path, { method, headers: { authorization }, body: body ?? null })
  const console: RegistryClient['console'] = (method, path, body) => {
    const isRaw = body === undefined || typeof body === 'string' || body instanceof FormData
    const type: Record<string, string> = isRaw ? {} : { 'Content-Type': 'application/json' }
    const headers = { cookie, 'X-Requested-With': 'chartroom', ...type }
    return fetch(url + path, { method, headers, body: isRaw ? (body ?? null) : JSON.stringify(body) })
  }
  const { instances } = await (await console('GET', '/v1/instances')).json()
  const instance = String(instances[0].id)
  return {
    instance,
    basic,
    console,
    namespace: async (name) => {
      const body = { projectName: name, public: 'false' }
      const response = await console('POST', `/v1/instances/${instance}/projects`, body)
      if (!response.ok) throw new Error(`Creating the namespace failed with status ${response.status}.`)
    },
    push: async (namespace, options) => {
      const chart = await makeChart(options)
      const body = Buffer.from(chart.bytes)
      const response = await basic('POST', `/api/chartrepo/${namespace}/charts`, body)
      await response.arrayBuffer()
      return { chart, status: response.status }
    },
  }
}
