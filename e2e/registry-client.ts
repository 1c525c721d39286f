import type { APIRequestContext, APIResponse } from '@playwright/test'
import type { TestChart } from '../chart/testing/make-chart.ts'
import { ADMIN } from './server.ts'

/** What a colleague or a script does to the registry while a person looks at the console: real requests, signed in. */
export class RegistryClient {
  readonly #request: APIRequestContext
  constructor(request: APIRequestContext) {
    this.#request = request
  }

  async signIn(): Promise<void> {
    await this.#ok(this.#request.post('/console/session', { data: ADMIN, headers: CONSOLE }))
  }

  /** Ends the session that this client, and a browser that shares its cookie, goes by. */
  async signOut(): Promise<void> {
    await this.#ok(this.#request.delete('/console/session', { headers: CONSOLE }))
  }

  /** Creates an instance and answers with its ID. */
  async createInstance(name: string, type = 'ADVANCED'): Promise<string> {
    const answer = await this.#ok(this.#request.post('/v1/instances', { data: { name, type }, headers: CONSOLE }))
    return (await answer.json()).instanceID
  }

  async createNamespace(instanceId: string, projectName: string, visibility: 'public' | 'private' = 'private') {
    const data = { projectName, public: String(visibility === 'public') }
    await this.#ok(this.#request.post(`/v1/instances/${instanceId}/projects`, { data, headers: CONSOLE }))
  }

  async push(instanceId: string, namespace: string, chart: TestChart, provenance?: string): Promise<void> {
    const multipart = {
      chart: { name: chart.fileName, mimeType: 'application/gzip', buffer: Buffer.from(chart.bytes) },
      ...(provenance
        ? { prov: { name: `${chart.fileName}.prov`, mimeType: 'text/plain', buffer: Buffer.from(provenance) } }
        : {}),
    }
    const path = `/v1/instances/${instanceId}/projects/${namespace}/charts`
    await this.#ok(this.#request.post(path, { multipart, headers: CONSOLE }))
  }

  /** Digests of the versions that are there, by version. */
  async digests(instanceId: string, namespace: string, chart: string): Promise<Record<string, string>> {
    const path = `/v1/instances/${instanceId}/projects/${namespace}/charts/${chart}/versions?pageSize=100`
    const answer = await this.#request.get(path, { headers: CONSOLE })
    if (answer.status() === 404) return {}
    const { items } = (await answer.json()) as { items: { version: string; digest: string }[] }
    return Object.fromEntries(items.map(({ version, digest }) => [version, digest]))
  }

  /** Names of the charts that are there. */
  async charts(instanceId: string, namespace: string): Promise<string[]> {
    const path = `/v1/instances/${instanceId}/projects/${namespace}/charts?pageSize=100`
    const { items } = (await (await this.#request.get(path, { headers: CONSOLE })).json()) as {
      items: { name: string }[]
    }
    return items.map(({ name }) => name)
  }

  async #ok(sent: Promise<APIResponse>): Promise<APIResponse> {
    const answer = await sent
    if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`)
    return answer
  }
}

const CONSOLE = { 'X-Requested-With': 'chartroom' }
