import { makeChart, type TestChart, type TestChartOptions } from '../../chart/testing/make-chart.ts'
import { signIn } from './start-server.ts'

/** The administrator of a server that listens, by its APIs. */
export interface RegistryClient {
  readonly instance: string
  /** A request with the administrator's name and password, as Helm clients make it. */
  basic(method: string, path: string, body?: BodyInit): Promise<Response>
  /** A request with the administrator's session, as the console makes it. A body that is no string and no form is JSON. */
  console(method: string, path: string, body?: unknown): Promise<Response>
  namespace(name: string): Promise<void>
  /** Pushes a chart over the classic API. Returns it with the status of the response. */
  push(namespace: string, chart: TestChartOptions): Promise<{ chart: TestChart; status: number }>
}

/** Signs in as the administrator. Throws when that is refused. */
export async function registryClient(url: string, password: string): Promise<RegistryClient> {
  const { status, cookie } = await signIn(url, password)
  if (status !== 200) throw new Error(`Signing in was answered with ${status}.`)
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
      const answer = await console('POST', `/v1/instances/${instance}/projects`, body)
      if (!answer.ok) throw new Error(`Creating the namespace was answered with ${answer.status}.`)
    },
    push: async (namespace, options) => {
      const chart = await makeChart(options)
      const body = Buffer.from(chart.bytes)
      const answer = await basic('POST', `/api/chartrepo/${namespace}/charts`, body)
      await answer.arrayBuffer()
      return { chart, status: answer.status }
    },
  }
}
