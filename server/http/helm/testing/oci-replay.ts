import type { OutgoingHttpHeaders } from 'node:http'
import { HELM_CHART, HELM_CONFIG, HELM_PROVENANCE, IMAGE, LEGACY_CHART, sha256 } from '../../oci/testing/oci-client.ts'
import type { ListeningApp, WireAnswer, WireRequest } from '../../testing/listening-app.ts'
import { basic } from '../../testing/open-test-app.ts'
import { type ChartUpload, must, type Pulled } from './upload-and-pull.ts'

/** An OCI client whose requests are replayed from a recording. */
export interface Replay {
  /** `containerd`: Helm up to 3.17. `oras`: later versions, which push a manifest by its digest first. */
  readonly library: 'containerd' | 'oras'
  /** `Authorization` of its requests. null: none. Default: the administrator's password. */
  readonly authorization?: string | null
  readonly agent?: string
}

export interface ReplayedPush {
  /** Of the last request, usually the one that pushes the tag. */
  readonly answer: WireAnswer
  /** Digest of the manifest. */
  readonly digest: string
  /** One line per request: `PUT manifests/TAG 201`. */
  readonly trace: readonly string[]
}

/** Pushes a chart. `tag` defaults to the version, encoded as Helm since 3.8 encodes it. */
export async function pushByOci(
  server: ListeningApp,
  repository: string,
  upload: ChartUpload,
  replay: Replay,
  { tag = tagOf(upload.version), layerType = HELM_CHART } = {},
): Promise<ReplayedPush> {
  const blobs = blobsOf(upload, layerType)
  const manifest = manifestOf(blobs, replay.library === 'oras' ? annotationsOf(upload) : undefined)
  const digest = sha256(manifest)
  const { ask, trace } = recorder(server, repository, replay, { [digest]: 'DIGEST', [tag]: 'TAG' })
  const ended = (answer: WireAnswer): ReplayedPush => ({ answer, digest, trace })
  const put = (reference: string) => {
    const headers = { 'Content-Type': IMAGE, 'Content-Length': manifest.length }
    return ask('PUT', `manifests/${reference}`, { headers, body: [manifest] })
  }

  const exists = replay.library === 'oras' && (await ask('HEAD', `manifests/${digest}`)).status === 200
  if (!exists) {
    const refused = await pushBlobs(ask, blobs)
    if (refused) return ended(refused)
  }
  if (replay.library === 'oras') {
    if (!exists) await must(put(digest), 201)
    await must(ask('GET', `manifests/${digest}`), 200)
    return ended(await put(tag))
  }
  const existing = await ask('HEAD', `manifests/${tag}`)
  return ended(existing.headers['docker-content-digest'] === digest ? existing : await put(tag))
}

/** A pulled chart. Every digest and size has been verified. */
export interface ReplayedPull extends Pulled {
  readonly provenance: string | undefined
  readonly trace: readonly string[]
}

/** Pulls a tag or a digest. Helm up to 3.17 resolves the digest of the tag first. */
export async function pullByOci(
  server: ListeningApp,
  repository: string,
  reference: string,
  replay: Replay = { library: 'oras' },
): Promise<ReplayedPull> {
  const name = reference.startsWith('sha256:') ? 'DIGEST' : 'TAG'
  const { ask, trace } = recorder(server, repository, replay, { [reference]: name })
  const get = (path: string) => must(ask('GET', path), 200)
  let digest = reference
  if (replay.library === 'containerd') {
    const { headers } = await must(ask('HEAD', `manifests/${reference}`), 200)
    digest = `${headers['docker-content-digest']}`
  }
  const { body, headers } = await get(`manifests/${digest}`)
  const claimed = digest.startsWith('sha256:') ? digest : headers['docker-content-digest']
  if (claimed !== sha256(body)) throw new Error('The manifest does not match its digest.')
  const { config, layers } = JSON.parse(body.toString())
  const blob = async (descriptor: { digest: string; size: number }) => {
    const bytes = (await get(`blobs/${descriptor.digest}`)).body
    const isWhole = sha256(bytes) === descriptor.digest && bytes.length === descriptor.size
    if (!isWhole) throw new Error('A blob does not match its digest.')
    return bytes
  }
  await blob(config)
  const ofType = (...types: string[]) => layers.find((layer: { mediaType: string }) => types.includes(layer.mediaType))
  const chart = ofType(HELM_CHART, LEGACY_CHART)
  const signed = ofType(HELM_PROVENANCE)
  const provenance = signed && (await blob(signed)).toString()
  return { bytes: await blob(chart), claimed: chart.digest.slice('sha256:'.length), provenance, trace }
}

/** Encodes a version in a tag as Helm since 3.8 does. */
export const tagOf = (version: string) => version.replace('+', '_')

interface Blob {
  readonly mediaType: string
  readonly bytes: Buffer
  readonly digest: string
}

function blobsOf({ name, version, bytes, provenance }: ChartUpload, layerType: string): Blob[] {
  const config = JSON.stringify({ name, version, apiVersion: 'v2', type: 'application' })
  const parts: [string, string | Uint8Array][] = [
    [HELM_CONFIG, config],
    [layerType, bytes],
  ]
  if (provenance !== undefined) parts.push([HELM_PROVENANCE, provenance])
  return parts.map(([mediaType, content]) => ({ mediaType, bytes: Buffer.from(content), digest: sha256(content) }))
}

/** Annotations that Helm since 3.12 writes for every chart; `created` is the modification time of the archive. */
const annotationsOf = ({ name, version }: ChartUpload) => ({
  'org.opencontainers.image.created': '2026-11-20T08:00:00Z',
  'org.opencontainers.image.title': name,
  'org.opencontainers.image.version': version,
})

function manifestOf(blobs: readonly Blob[], annotations: Record<string, string> | undefined): Buffer {
  const [config, ...layers] = blobs.map(({ mediaType, digest, bytes }) => ({ mediaType, digest, size: bytes.length }))
  // Helm sorts layers by digest: the provenance file may be first.
  layers.sort((a, b) => (a.digest < b.digest ? -1 : 1))
  return Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers, ...(annotations && { annotations }) }))
}

type Ask = (method: string, path: string, request?: WireRequest) => Promise<WireAnswer>

/** Pushes all blobs concurrently, step by step. Returns the response that rejected one, if any. */
async function pushBlobs(ask: Ask, blobs: readonly Blob[]): Promise<WireAnswer | undefined> {
  const heads = await Promise.all(blobs.map(({ digest }) => ask('HEAD', `blobs/${digest}`)))
  const missing = blobs.filter((_, at) => heads[at]?.status !== 200)
  const refused = heads.find(({ status }) => status >= 400 && status !== 404)
  if (refused) return refused
  const empty = { headers: { 'Content-Length': 0 } }
  const begun = await Promise.all(missing.map(() => ask('POST', 'blobs/uploads/', empty)))
  const unwanted = begun.find(({ status }) => status !== 202)
  if (unwanted) return unwanted
  const put = ({ digest, bytes }: Blob, at: number) => {
    // Relative, or absolute on the same host; clients add the digest to the existing query.
    const location = new URL(`${begun[at]?.headers.location}`, 'http://registry.invalid')
    location.searchParams.set('digest', digest)
    const headers = { 'Content-Length': bytes.length, 'Content-Type': 'application/octet-stream' }
    return must(ask('PUT', `${location.pathname}${location.search}`, { headers, body: [bytes] }), 201)
  }
  for (const { headers } of await Promise.all(missing.map(put))) {
    // Helm up to 3.17 requires it.
    if (!headers['docker-content-digest']) throw new Error('The response to the upload of a blob has no digest.')
  }
  return undefined
}

/** Sends requests below a repository and records method, path and status; `names` replaces variable path segments. */
export function recorder(server: ListeningApp, repository: string, replay: Replay, names: Record<string, string> = {}) {
  const trace: string[] = []
  const { authorization = basic(), agent = replay.library === 'oras' ? 'Helm/4.2' : 'Helm/3.7.2' } = replay
  const own: OutgoingHttpHeaders = { 'User-Agent': agent }
  if (authorization !== null) own.Authorization = authorization
  const ask: Ask = async (method, path, { headers, body = [] } = {}) => {
    const at = path.startsWith('/') ? path : `/v2/${repository}/${path}`
    const answer = await server.send(method, at, { headers: { ...own, ...headers }, body })
    const [kind = '', reference = ''] =
      at
        .split('?')[0]
        ?.slice(`/v2/${repository}/`.length)
        .split(/\/(.*)/s) ?? []
    const short = kind === 'blobs' ? kind : `${kind}/${names[decodeURIComponent(reference)] ?? reference}`
    trace.push(`${method} ${reference.startsWith('uploads/') ? 'uploads' : short} ${answer.status}`)
    return answer
  }
  return { ask, trace }
}
