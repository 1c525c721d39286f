import { createHash } from 'node:crypto'
import { makeChart, type TestChart, type TestChartOptions } from '../../../../chart/testing/make-chart.ts'
import type { TestApp } from '../../testing/open-test-app.ts'

export const IMAGE = 'application/vnd.oci.image.manifest.v1+json'
export const INDEX = 'application/vnd.oci.image.index.v1+json'
export const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json'
export const HELM_CHART = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'
export const HELM_PROVENANCE = 'application/vnd.cncf.helm.chart.provenance.v1.prov'
/** Media type of the chart layer of Helm before 3.7. */
export const LEGACY_CHART = 'application/tar+gzip'

export interface TestDescriptor {
  mediaType: string
  digest: string
  size: number
}

/** Options for pushing a chart. */
export interface ChartPush {
  /** Default: the version, encoded as Helm encodes it in a tag. null: pushes by digest only. */
  readonly tag?: string | null
  readonly layerType?: string
  readonly provenance?: string | ((chart: TestChart) => string)
  readonly annotations?: Record<string, string>
  /** Default: the namespace and the name of the chart. */
  readonly repository?: string
}

/** Client of the OCI API with the administrator's password, for tests. */
export interface OciClient {
  /** Pushes bytes in one request; returns their descriptor. */
  pushBlob(repository: string, bytes: string | Uint8Array, mediaType?: string): Promise<TestDescriptor>
  putManifest(repository: string, reference: string, manifest: object | string, mediaType?: string): Promise<Response>
  /** Pushes as Helm since 3.7 does, unless the options differ. */
  pushChart(namespace: string, chart: TestChartOptions, push?: ChartPush): Promise<PushedChart>
  tags(repository: string): Promise<string[]>
}

export interface PushedChart {
  readonly chart: TestChart
  /** Text of the manifest. */
  readonly manifest: string
  readonly digest: string
  readonly answer: Response
}

export function ociClient(server: TestApp): OciClient {
  const pushBlob: OciClient['pushBlob'] = async (repository, bytes, mediaType = 'application/octet-stream') => {
    const digest = sha256(bytes)
    const path = `/v2/${repository}/blobs/uploads/?digest=${digest}`
    const answer = await server.askAsHelm('POST', path, { body: bytes })
    if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
    return { mediaType, digest, size: Buffer.byteLength(bytes) }
  }
  const putManifest: OciClient['putManifest'] = (repository, reference, manifest, mediaType = IMAGE) =>
    server.askAsHelm('PUT', `/v2/${repository}/manifests/${reference}`, {
      body: typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
      headers: { 'Content-Type': mediaType },
    })
  return {
    pushBlob,
    putManifest,
    pushChart: async (namespace, options, push = {}) => {
      const chart = await makeChart(options)
      const repository = push.repository ?? `${namespace}/${chart.name}`
      const config = await pushBlob(
        repository,
        JSON.stringify({ name: chart.name, version: chart.version }),
        HELM_CONFIG,
      )
      const layers = [await pushBlob(repository, chart.bytes, push.layerType ?? HELM_CHART)]
      const text = typeof push.provenance === 'function' ? push.provenance(chart) : push.provenance
      // Helm sorts layers by digest: the provenance file may be first.
      if (text !== undefined) layers.unshift(await pushBlob(repository, text, HELM_PROVENANCE))
      const { annotations } = push
      const manifest = JSON.stringify({ schemaVersion: 2, config, layers, ...(annotations && { annotations }) })
      const digest = sha256(manifest)
      const reference = push.tag === null ? digest : (push.tag ?? chart.version.replace('+', '_'))
      return { chart, manifest, digest, answer: await putManifest(repository, reference, manifest) }
    },
    tags: async (repository) => {
      const answer = await server.askAsHelm('GET', `/v2/${repository}/tags/list`)
      return answer.status === 404 ? [] : (await answer.json()).tags
    },
  }
}

export function sha256(bytes: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function sha512(bytes: string | Uint8Array): string {
  return `sha512:${createHash('sha512').update(bytes).digest('hex')}`
}

/** Status, and code and message of the first error in the body. */
export async function ociRefusal(answer: Response): Promise<{ status: number; code: string; message: string }> {
  const { errors } = await answer.json()
  return { status: answer.status, code: errors[0].code, message: errors[0].message }
}
