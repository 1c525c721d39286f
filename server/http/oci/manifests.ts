import { isTag, tagOfVersion } from '../../../chart/oci-names.ts'
import type { ManifestRow, NamespaceRow } from '../../db/schema.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteManifest } from '../../registry/deletion/delete-manifest.ts'
import { type AnyDigest, parseDigest } from '../../registry/oci/any-digest.ts'
import { checkManifestDigest } from '../../registry/oci/manifest-digest.ts'
import { findManifest, findTagged } from '../../registry/oci/manifest-queries.ts'
import { MANIFEST_LIMIT, readManifest } from '../../registry/oci/read-manifest.ts'
import { touchManifest } from '../../registry/oci/touch-manifest.ts'
import { putManifest } from '../../registry/publishing/put-manifest.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { route } from '../route.ts'
import { readBody } from '../transport/request-body.ts'
import { manifestEndpoints } from './endpoints.ts'
import { newRepositoryOf, repositoryOf } from './repository-address.ts'

/** Reference to a manifest in a path. */
type Reference = { readonly tag: string } | { readonly digest: AnyDigest }

/** Manifests by tag and by digest. */
export function mountManifests(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, manifestEndpoints.get, async ({ http, namespace, params }) => {
    const manifest = await manifestOf(context, namespace, params)
    // A HEAD announces a manifest that refers to this one, or another tag on it.
    if (http.req.method === 'HEAD') await touchManifest(registry, manifest)
    return sendManifest(http, manifest, parseDigest(params.reference) ?? manifest.digest)
  })

  route(api, manifestEndpoints.put, async ({ http, call, namespace, params }) => {
    const reference = newReferenceOf(params.reference)
    const name = newRepositoryOf(params)
    const bytes = await readBody(http, MANIFEST_LIMIT, 'manifest-too-large')
    const digest = 'digest' in reference ? reference.digest : null
    if (digest) checkManifestDigest(bytes, digest)
    const manifest = readManifest(bytes, http.req.header('content-type'))
    const alias = digest?.startsWith('sha512:') ? (digest as `sha512:${string}`) : null // the condition says so
    const tag = 'tag' in reference ? reference.tag : null
    await putManifest(registry, call, { namespace, name, manifest, tag, alias })
    http.header('Location', `/v2/${params.name}/manifests/${digest ?? manifest.digest}`)
    http.header('Docker-Content-Digest', digest ?? manifest.digest)
    if (manifest.subject) http.header('OCI-Subject', manifest.subject)
    return http.body(null, 201)
  })

  route(api, manifestEndpoints.delete, async ({ http, call, namespace, params }) => {
    const name = repositoryOf(params)
    const reference = referenceOf(params.reference)
    if (!reference) throw new RegistryError('manifest-missing', { reference: params.reference, repository: name })
    await deleteManifest(registry, call, { namespace, name, reference })
    return http.body(null, 202)
  })
}

/** Reads a tag or digest; returns null if it can be neither. Helm before 3.7 sends `+` for the `_` of a tag. */
function referenceOf(text: string): Reference | null {
  const digest = parseDigest(text)
  if (digest) return { digest }
  const tag = tagOfVersion(text)
  return isTag(tag) ? { tag } : null
}

/** As {@link referenceOf} for a manifest to be pushed. Throws `digest-invalid`, `tag-invalid`. */
function newReferenceOf(text: string): Reference {
  const reference = referenceOf(text)
  if (reference) return reference
  throw text.includes(':')
    ? new RegistryError('digest-invalid', { digest: text })
    : new RegistryError('tag-invalid', { tag: text })
}

/** Returns the manifest that a path names. Throws `repository-missing`, `manifest-missing`. */
async function manifestOf(
  context: Context,
  namespace: NamespaceRow,
  params: { readonly name: string; readonly reference: string },
): Promise<ManifestRow> {
  const { read } = context.registry.database
  const repository = { namespaceId: namespace.id, name: repositoryOf(params) }
  const reference = referenceOf(params.reference)
  const row =
    reference &&
    ('tag' in reference
      ? await findTagged(read, repository, reference.tag)
      : await findManifest(read, repository, reference.digest))
  if (row) return row
  const names = { reference: params.reference, repository: `${namespace.name}/${repository.name}` }
  throw new RegistryError('manifest-missing', names)
}

/** Sends a manifest as it was pushed, with the content type it was pushed with, whatever the client accepts. */
function sendManifest(c: HttpContext, manifest: ManifestRow, digest: AnyDigest): Response {
  c.header('Content-Type', manifest.media_type)
  c.header('Content-Length', String(manifest.size))
  c.header('Docker-Content-Digest', digest)
  c.header('ETag', `"${digest}"`)
  c.header('Cache-Control', 'private, no-cache')
  return c.req.method === 'HEAD' ? c.body(null) : c.body(manifest.content)
}
