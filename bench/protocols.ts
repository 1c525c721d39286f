import { createHash } from 'node:crypto'
import type { TestChart } from '../chart/testing/make-chart.ts'
import type { HttpClient } from './http-client.ts'

/** A pushed package, without its bytes. */
export type Pushed = Omit<TestChart, 'bytes'>

/** One of the APIs through which charts are pushed and pulled. */
export interface Protocol {
  readonly name: string
  push(chart: TestChart): Promise<void>
  /** Downloads a package and returns its size in bytes. */
  pull(chart: Pushed): Promise<number>
}

/** Management API, as the console and scripts use it. */
export function managementProtocol(client: HttpClient, instance: string, namespace: string): Protocol {
  const charts = `/v1/instances/${instance}/projects/${namespace}/charts`
  return {
    name: 'management API',
    push: async (chart) => void (await client.ask(charts, { method: 'POST', ...form(chart) })),
    pull: (chart) => client.download(`${charts}/download/${chart.fileName}`),
  }
}

/** Classic chart repository, as `helm cm-push` and, once it has the index, `helm pull` use it. */
export function classicProtocol(client: HttpClient, namespace: string): Protocol {
  return {
    name: 'classic repository',
    push: async (chart) =>
      void (await client.ask(`/api/chartrepo/${namespace}/charts`, { method: 'POST', ...form(chart) })),
    pull: (chart) => client.download(`/chartrepo/${namespace}/charts/${chart.fileName}`),
  }
}

/** OCI, as helm uses it: pushes each missing blob, then the manifest; pulls by tag, then by the digest in the manifest. */
export function ociProtocol(client: HttpClient, namespace: string): Protocol {
  return {
    name: 'OCI',
    async push(chart) {
      const repository = `/v2/${namespace}/${chart.name}`
      const config = Buffer.from(JSON.stringify({ name: chart.name, version: chart.version, apiVersion: 'v2' }))
      for (const bytes of [config, chart.bytes]) await pushBlob(client, repository, bytes)
      const body = manifestOf(config, chart)
      const headers = { 'Content-Type': MANIFEST }
      await client.ask(`${repository}/manifests/${chart.version}`, { method: 'PUT', headers, body })
    },
    async pull(chart) {
      const repository = `/v2/${namespace}/${chart.name}`
      const { body } = await client.ask(`${repository}/manifests/${chart.version}`, { headers: { Accept: MANIFEST } })
      const { layers } = JSON.parse(body.toString())
      return client.download(`${repository}/blobs/${layers[0].digest}`)
    },
  }
}

/** OCI, but pulls only the blob, without its manifest. */
export function blobProtocol(client: HttpClient, namespace: string): Protocol {
  return {
    ...ociProtocol(client, namespace),
    name: 'OCI blob',
    pull: (chart) => client.download(`/v2/${namespace}/${chart.name}/blobs/sha256:${chart.sha256}`),
  }
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

/** Uploads a blob into a repository, unless it exists there. */
export async function pushBlob(client: HttpClient, repository: string, bytes: Uint8Array): Promise<void> {
  const digest = digestOf(bytes)
  if (await client.probe(`${repository}/blobs/${digest}`)) return
  const { headers } = await client.ask(`${repository}/blobs/uploads/`, { method: 'POST' })
  const upload = new URL(headers.location ?? '', 'http://registry')
  upload.searchParams.set('digest', digest)
  const type = { 'Content-Type': 'application/octet-stream' }
  await client.ask(upload.pathname + upload.search, { method: 'PUT', headers: type, body: bytes })
}

function manifestOf(config: Uint8Array, chart: TestChart): Uint8Array {
  const descriptor = (mediaType: string, bytes: Uint8Array) => ({
    mediaType,
    digest: digestOf(bytes),
    size: bytes.length,
  })
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: descriptor('application/vnd.cncf.helm.config.v1+json', config),
      layers: [descriptor('application/vnd.cncf.helm.chart.content.v1.tar+gzip', chart.bytes)],
    }),
  )
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

const BOUNDARY = 'chartroom-bench-0123456789abcdef'

function form({ fileName, bytes }: TestChart): { headers: Record<string, string>; body: Uint8Array } {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="chart"; filename="${fileName}"\r\nContent-Type: application/gzip\r\n\r\n`
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  }
}
