import { createHash } from 'node:crypto'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import type { TestChart } from '../chart/testing/make-chart.ts'
import { NO_SORTS } from '../contract/console/preferences.ts'
import { ADMIN } from './server.ts'

/** Client that changes the registry beside the browser, through real requests with a session. */
export class RegistryClient {
  readonly #request: APIRequestContext
  constructor(request: APIRequestContext) {
    this.#request = request
  }

  async signIn(as: { account: string; password: string } = ADMIN): Promise<void> {
    await this.#ok(this.#request.post('/console/session', { data: as, headers: CONSOLE }))
  }

  /** Resets the preferences of the signed-in account to those of a new account. */
  async resetPreferences(): Promise<void> {
    const data = { language: null, theme: null, pageSize: null, density: null, sorts: NO_SORTS }
    await this.#ok(this.#request.put('/console/account/preferences', { data, headers: CONSOLE }))
  }

  /** Creates an account without any rights; returns its credentials. */
  async createMember(account: string): Promise<{ account: string; password: string }> {
    const password = `password of ${account}`
    const data = { name: account, role: 'member', password }
    await this.#ok(this.#request.post('/console/accounts', { data, headers: CONSOLE }))
    return { account, password }
  }

  /** Gives an account a role in a namespace of an instance, or in all (null). */
  async giveRole(instanceId: string, account: string, role: string, namespace: string | null = null): Promise<void> {
    const data = { account, role, namespaces: namespace === null ? null : [namespace] }
    await this.#ok(this.#request.put(`/console/instances/${instanceId}/members`, { data, headers: CONSOLE }))
  }

  /** Creates a robot that may pull everywhere and expires after `days`; returns its credentials. */
  async createRobot(instanceId: string, name: string, more: object = {}): Promise<{ name: string; secret: string }> {
    const access = [{ resource: 'repository', action: 'pull' }]
    const permissions = [{ kind: 'project', namespace: '*', access }]
    const data = { name, duration: -1, permissions, ...more }
    const path = `/v1/instances/${instanceId}/robots`
    return (await this.#ok(this.#request.post(path, { data, headers: CONSOLE }))).json()
  }

  /** HTTP status of a namespace's index with the given credentials, requested as by helm. */
  async opens(instanceId: string, namespace: string, login: { name: string; secret: string }): Promise<number> {
    const credential = Buffer.from(`${login.name}:${login.secret}`).toString('base64')
    const headers = { Authorization: `Basic ${credential}` }
    return (await this.#request.get(`/${instanceId}/chartrepo/${namespace}/index.yaml`, { headers })).status()
  }

  /** Ends the session of this client and of a browser that shares its cookie. */
  async signOut(): Promise<void> {
    await this.#ok(this.#request.delete('/console/session', { headers: CONSOLE }))
  }

  /** Creates an instance and returns its ID. */
  async createInstance(name: string, type = 'ADVANCED'): Promise<string> {
    const response = await this.#ok(this.#request.post('/v1/instances', { data: { name, type }, headers: CONSOLE }))
    return (await response.json()).instanceID
  }

  /** ID of the instance created at the first start. */
  async defaultInstance(): Promise<string> {
    const response = await this.#ok(
      this.#request.get('/v1/instances?keyword=default&keywordType=name', { headers: CONSOLE }),
    )
    const { instances } = await response.json()
    return instances.find((instance: { name: string }) => instance.name === 'default').id
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

  /** Deletes an empty namespace. */
  async deleteChart(instanceId: string, namespace: string, name: string): Promise<void> {
    const path = `/v1/instances/${instanceId}/projects/${namespace}/charts/${name}`
    await this.#ok(this.#request.delete(path, { headers: CONSOLE }))
  }

  async deleteNamespace(instanceId: string, name: string): Promise<void> {
    await this.#ok(this.#request.delete(`/v1/instances/${instanceId}/projects/${name}`, { headers: CONSOLE }))
  }

  /**
   * Pushes an artifact as oras does, under a tag or only by digest; returns its descriptor for use in other manifests.
   * `repository` includes the namespace; `more` are further fields of the manifest.
   */
  async pushArtifact(instanceId: string, repository: string, tag: string | null, text: string, more: object = {}) {
    const at = `/v2/${instanceId}/${repository}`
    const blob = async (bytes: string, mediaType: string) => {
      const digest = digestOf(bytes)
      const headers = { ...BASIC, 'Content-Type': 'application/octet-stream' }
      await this.#ok(this.#request.post(`${at}/blobs/uploads/?digest=${digest}`, { headers, data: Buffer.from(bytes) }))
      return { mediaType, digest, size: bytes.length }
    }
    const config = await blob('{}', 'application/vnd.oci.image.config.v1+json')
    const layers = [await blob(text, 'application/octet-stream')]
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: OCI_IMAGE, config, layers, ...more })
    await this.putManifest(instanceId, repository, tag ?? digestOf(manifest), manifest)
    return { mediaType: OCI_IMAGE, digest: digestOf(manifest), size: manifest.length }
  }

  /** Pushes a manifest under a tag or its digest. */
  async putManifest(
    instanceId: string,
    repository: string,
    reference: string,
    manifest: string,
    mediaType = OCI_IMAGE,
  ): Promise<void> {
    const headers = { ...BASIC, 'Content-Type': mediaType }
    const to = `/v2/${instanceId}/${repository}/manifests/${reference}`
    await this.#ok(this.#request.put(to, { headers, data: Buffer.from(manifest) }))
  }

  /** Text of a manifest; null if it does not exist. */
  async manifest(instanceId: string, repository: string, reference: string): Promise<string | null> {
    const response = await this.#request.get(`/v2/${instanceId}/${repository}/manifests/${reference}`, {
      headers: BASIC,
    })
    return response.status() === 404 ? null : (await this.#ok(Promise.resolve(response))).text()
  }

  /** Archive digests by version. */
  async digests(instanceId: string, namespace: string, chart: string): Promise<Record<string, string>> {
    const path = `/v1/instances/${instanceId}/projects/${namespace}/charts/${chart}/versions?pageSize=100`
    const response = await this.#request.get(path, { headers: CONSOLE })
    if (response.status() === 404) return {}
    const { items } = (await response.json()) as { items: { version: string; digest: string }[] }
    return Object.fromEntries(items.map(({ version, digest }) => [version, digest]))
  }

  /** Names of the charts of a namespace. */
  async charts(instanceId: string, namespace: string): Promise<string[]> {
    const path = `/v1/instances/${instanceId}/projects/${namespace}/charts?pageSize=100`
    const { items } = (await (await this.#request.get(path, { headers: CONSOLE })).json()) as {
      items: { name: string }[]
    }
    return items.map(({ name }) => name)
  }

  async #ok(sent: Promise<APIResponse>): Promise<APIResponse> {
    const response = await sent
    if (!response.ok()) throw new Error(`${response.url()} responded ${response.status()}: ${await response.text()}`)
    return response
  }
}

/** `sha256:…` of a text. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

const OCI_IMAGE = 'application/vnd.oci.image.manifest.v1+json'
const BASIC = { Authorization: `Basic ${Buffer.from(`${ADMIN.account}:${ADMIN.password}`).toString('base64')}` }
const CONSOLE = { 'X-Requested-With': 'chartroom' }
