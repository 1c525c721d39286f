import type { TestApp } from '../../testing/open-test-app.ts'
import { sha256 } from './oci-client.ts'

/** Reads charts through all APIs, for tests that publish them through one. */
export function readThroughApis(server: TestApp) {
  /** Versions from the management API, newest first, as `version digest`. */
  async function versions(namespace = 'team', chart = 'nginx'): Promise<string[]> {
    const path = `/v1/instances/${server.instance}/projects/${namespace}/charts/${chart}/versions?pageNo=1&pageSize=100`
    const answer = await server.ask('GET', path)
    if (answer.status === 404) return []
    const { items } = await answer.json()
    return items.map((item: { version: string; digest: string }) => `${item.version} ${item.digest}`)
  }

  async function manifest(repository: string, reference: string) {
    const answer = await server.askAsHelm('GET', `/v2/${repository}/manifests/${reference}`)
    if (answer.status !== 200) return undefined
    return { digest: answer.headers.get('docker-content-digest'), ...(await answer.json()) }
  }

  async function download(path: string): Promise<string> {
    const answer = await server.askAsHelm('GET', path)
    return answer.status === 200 ? sha256(new Uint8Array(await answer.arrayBuffer())) : String(answer.status)
  }

  async function facts(namespace: string, chart: string, version: string) {
    const path = `/console/instances/${server.instance}/namespaces/${namespace}/charts/${chart}/summaries?version=${version}`
    return (await (await server.ask('GET', path)).json()).items[0]
  }

  return { versions, manifest, download, facts }
}
