import { createHash } from 'node:crypto'
import type { DataFolderFacts, ManifestFacts } from './facts.ts'
import { HttpClient, type Login, sha256 } from './http-client.ts'

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const CONFIG = 'application/vnd.oci.image.config.v1+json'
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'
const EMPTY = 'application/vnd.oci.empty.v1+json'
const SBOM = 'application/spdx+json'

/** Repository of the artifacts, nested below namespace `open`. */
const REPOSITORY = 'open/apps/tools'

/**
 * Pushes artifacts that are not charts: an index with two images, several tags, one manifest without a tag, one under a
 * sha512 digest, referrers, a blob that no manifest uses, and an upload that is never finished.
 */
export async function putArtifacts(
  session: HttpClient,
  { instance, admin: as }: { instance: string; admin: Login },
): Promise<Pick<DataFolderFacts, 'manifests' | 'tags' | 'referrers'>> {
  const client = new HttpClient(session.origin)
  const manifests: ManifestFacts[] = []
  const blob = async (bytes: string, mediaType: string) => {
    const digest = `sha256:${sha256(bytes)}`
    await client.ok('POST', `/v2/${REPOSITORY}/blobs/uploads/?digest=${digest}`, { as, body: bytes })
    return { mediaType, digest, size: bytes.length }
  }
  const put = async (fields: object, { tags = [], digest, mediaType = MANIFEST }: Put = {}) => {
    const body = JSON.stringify({ schemaVersion: 2, mediaType, ...fields })
    const own = digest?.(body) ?? `sha256:${sha256(body)}`
    for (const reference of [...tags, own]) {
      const headers = { 'Content-Type': mediaType }
      await client.ok('PUT', `/v2/${REPOSITORY}/manifests/${reference}`, { as, body, headers })
      manifests.push({ instance, repository: REPOSITORY, reference, digest: own, mediaType })
    }
    return { mediaType, digest: own, size: body.length }
  }
  const image = async (architecture: string, options?: Put) => {
    const config = await blob(JSON.stringify({ architecture, os: 'linux' }), CONFIG)
    return put({ config, layers: [await blob(`layer of ${architecture}`, LAYER)] }, options)
  }
  const referrer = async (artifactType: string, subject: object, text: string) => {
    const layers = [await blob(text, artifactType)]
    const annotations = { 'org.example.note': text }
    return put({ artifactType, config: await blob('{}', EMPTY), layers, subject, annotations })
  }

  const children = [await image('amd64', { tags: ['v1-amd64'] }), await image('arm64')]
  const index = await put({ manifests: children }, { tags: ['v1', 'latest'], mediaType: INDEX })
  await image('riscv64', { digest: sha512 })
  const digests = [
    (await referrer(SBOM, index, '{"spdxVersion":"SPDX-2.3"}')).digest,
    (await referrer('application/vnd.example.signature', index, 'signature')).digest,
  ]
  await blob('a blob that no manifest uses', LAYER)
  const upload = await client.ok('POST', `/v2/${REPOSITORY}/blobs/uploads/`, { as })
  const location = new URL(upload.headers.location ?? '', client.origin).pathname
  await client.ok('PATCH', location, { as, body: 'the beginning of a blob' })

  return {
    manifests,
    tags: [{ instance, repository: REPOSITORY, tags: ['latest', 'v1', 'v1-amd64'] }],
    referrers: [{ instance, repository: REPOSITORY, subject: index.digest, digests: digests.sort() }],
  }
}

interface Put {
  readonly tags?: readonly string[]
  readonly digest?: (text: string) => string
  readonly mediaType?: string
}

function sha512(text: string): string {
  return `sha512:${createHash('sha512').update(text).digest('hex')}`
}
