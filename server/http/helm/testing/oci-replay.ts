import type { OutgoingHttpHeaders } from 'node:http'
import { HELM_CHART, HELM_CONFIG, HELM_PROVENANCE, IMAGE, LEGACY_CHART, sha256 } from '../../oci/testing/oci-client.ts'
import type { ListeningApp, WireAnswer, WireRequest } from '../../testing/listening-app.ts'
import { basic } from '../../testing/open-test-app.ts'
import { must, type Parcel, type Pulled } from './doors.ts'

/** A client of the OCI door whose requests are those of a recording. */
export interface Replay {
  /** `containerd`: helm to 3.17. `oras`: helm since, and helm 4, which put a manifest by its digest first. */
  readonly library: 'containerd' | 'oras'
  /** `Authorization` of its requests; null: it sends none. The administrator's password without it. */
  readonly authorization?: string | null
  readonly agent?: string
}

export interface ReplayedPush {
  /** To the request that ended it: mostly the one that puts the tag. */
  readonly answer: WireAnswer
  /** Of the manifest. */
  readonly digest: string
  /** `PUT manifests/TAG 201`, request by request. */
  readonly trace: readonly string[]
}

/** Pushes a package. `tag` is the version as helm since 3.8 writes it, unless it is given. */
export async function pushByOci(
  server: ListeningApp,
  repository: string,
  parcel: Parcel,
  replay: Replay,
  { tag = tagOf(parcel.version), layerType = HELM_CHART } = {},
): Promise<ReplayedPush> {
  const blobs = blobsOf(parcel, layerType)
  const manifest = manifestOf(blobs, replay.library === 'oras' ? annotationsOf(parcel) : undefined)
  const digest = sha256(manifest)
  const { ask, trace } = recorder(server, repository, replay, { [digest]: 'DIGEST', [tag]: 'TAG' })
  const ended = (answer: WireAnswer): ReplayedPush => ({ answer, digest, trace })
  const put = (reference: string) => {
    const headers = { 'Content-Type': IMAGE, 'Content-Length': manifest.length }
    return ask('PUT', `manifests/${reference}`, { headers, body: [manifest] })
  }

  const isThere = replay.library === 'oras' && (await ask('HEAD', `manifests/${digest}`)).status === 200
  if (!isThere) {
    const refused = await pushBlobs(ask, blobs)
    if (refused) return ended(refused)
  }
  if (replay.library === 'oras') {
    if (!isThere) await must(put(digest), 201)
    await must(ask('GET', `manifests/${digest}`), 200)
    return ended(await put(tag))
  }
  const there = await ask('HEAD', `manifests/${tag}`)
  return ended(there.headers['docker-content-digest'] === digest ? there : await put(tag))
}

/** A chart as it was pulled, every digest and size of it checked. */
export interface ReplayedPull extends Pulled {
  readonly provenance: string | undefined
  readonly trace: readonly string[]
}

/** Pulls what is under a tag or a digest: helm to 3.17 asks for the tag's digest first. */
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
  const promised = digest.startsWith('sha256:') ? digest : headers['docker-content-digest']
  if (promised !== sha256(body)) throw new Error('The manifest is not what its digest says.')
  const { config, layers } = JSON.parse(body.toString())
  const blob = async (descriptor: { digest: string; size: number }) => {
    const bytes = (await get(`blobs/${descriptor.digest}`)).body
    const isWhole = sha256(bytes) === descriptor.digest && bytes.length === descriptor.size
    if (!isWhole) throw new Error('A blob is not what its digest says.')
    return bytes
  }
  await blob(config)
  const ofType = (...types: string[]) => layers.find((layer: { mediaType: string }) => types.includes(layer.mediaType))
  const chart = ofType(HELM_CHART, LEGACY_CHART)
  const signed = ofType(HELM_PROVENANCE)
  const provenance = signed && (await blob(signed)).toString()
  return { bytes: await blob(chart), promised: chart.digest.slice('sha256:'.length), provenance, trace }
}

/** A version as helm since 3.8 writes it into a tag. */
export const tagOf = (version: string) => version.replace('+', '_')

interface Blob {
  readonly mediaType: string
  readonly bytes: Buffer
  readonly digest: string
}

function blobsOf({ name, version, bytes, provenance }: Parcel, layerType: string): Blob[] {
  const config = JSON.stringify({ name, version, apiVersion: 'v2', type: 'application' })
  const parts: [string, string | Uint8Array][] = [
    [HELM_CONFIG, config],
    [layerType, bytes],
  ]
  if (provenance !== undefined) parts.push([HELM_PROVENANCE, provenance])
  return parts.map(([mediaType, content]) => ({ mediaType, bytes: Buffer.from(content), digest: sha256(content) }))
}

/** Those that helm since 3.12 writes of any package; `created` is when its file was written. */
const annotationsOf = ({ name, version }: Parcel) => ({
  'org.opencontainers.image.created': '2026-11-20T08:00:00Z',
  'org.opencontainers.image.title': name,
  'org.opencontainers.image.version': version,
})

function manifestOf(blobs: readonly Blob[], annotations: Record<string, string> | undefined): Buffer {
  const [config, ...layers] = blobs.map(({ mediaType, digest, bytes }) => ({ mediaType, digest, size: bytes.length }))
  // By digest, as helm sorts them: the provenance file may be first.
  layers.sort((a, b) => (a.digest < b.digest ? -1 : 1))
  return Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers, ...(annotations && { annotations }) }))
}

type Ask = (method: string, path: string, request?: WireRequest) => Promise<WireAnswer>

/** All blobs at once, step by step. Answers with what refused one of them. */
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
    // Relative, or on the host that was asked; clients add the digest to whatever query there is.
    const location = new URL(`${begun[at]?.headers.location}`, 'http://registry.invalid')
    location.searchParams.set('digest', digest)
    const headers = { 'Content-Length': bytes.length, 'Content-Type': 'application/octet-stream' }
    return must(ask('PUT', `${location.pathname}${location.search}`, { headers, body: [bytes] }), 201)
  }
  for (const { headers } of await Promise.all(missing.map(put))) {
    // Helm to 3.17 fails without it.
    if (!headers['docker-content-digest']) throw new Error('The blob was put without a digest in the answer.')
  }
  return undefined
}

/** Sends what a client sends, below a repository, and writes down what came of it; `names` stand for what differs. */
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
