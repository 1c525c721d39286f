import { isTag, tagOfVersion } from '../../../chart/oci-names.ts'
import type { ManifestRow } from '../../db/schema.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteManifest } from '../../registry/deletion/delete-manifest.ts'
import { type AnyDigest, parseDigest } from '../../registry/oci/any-digest.ts'
import { checkManifestDigest } from '../../registry/oci/manifest-digest.ts'
import { findManifest, findTagged } from '../../registry/oci/manifest-queries.ts'
import { MANIFEST_LIMIT, readManifest } from '../../registry/oci/read-manifest.ts'
import { touchManifest } from '../../registry/oci/touch-manifest.ts'
import { putManifest } from '../../registry/publishing/put-manifest.ts'
import type { Context } from '../context.ts'
import { type DoorInput, doorRoute } from '../helm/door-route.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { readBody } from '../transport/request-body.ts'
import { newRepositoryOf, ociDoor, repositoryOf } from './oci-door.ts'

/** What a path says of a manifest. */
type Reference = { readonly tag: string } | { readonly digest: AnyDigest }

const paths = ['/v2/:name{.+}/manifests/:reference']

/** Manifests by tag and by digest. distribution-spec: end-3, end-7, end-9. */
export function mountManifests(app: HttpApp, context: Context): void {
  const { registry } = context

  doorRoute(app, context, { door: ociDoor, method: 'GET', paths, needs: 'read', about: 'namespace' }, async (input) => {
    const { http, params } = input
    const manifest = await manifestOf(context, input)
    // Who asks by HEAD is about to push what refers to it, or to put a tag on it.
    if (http.req.method === 'HEAD') await touchManifest(registry, manifest)
    return sendManifest(http, manifest, parseDigest(params.reference ?? '') ?? manifest.digest)
  })

  doorRoute(
    app,
    context,
    { door: ociDoor, method: 'PUT', paths, needs: 'push', action: 'manifest.put', about: 'namespace' },
    async (input) => {
      const { http, call, namespace, params } = input
      const reference = newReferenceOf(params.reference ?? '')
      const name = newRepositoryOf(params)
      const bytes = await readBody(http, MANIFEST_LIMIT, 'manifest-too-large')
      const digest = 'digest' in reference ? reference.digest : null
      if (digest) checkManifestDigest(bytes, digest)
      const manifest = readManifest(bytes, http.req.header('content-type'))
      const alias = digest?.startsWith('sha512:') ? (digest as `sha512:${string}`) : null // the line says so
      await putManifest(registry, call, {
        namespace,
        name,
        manifest,
        tag: 'tag' in reference ? reference.tag : null,
        alias,
      })
      http.header('Location', `/v2/${params.name}/manifests/${digest ?? manifest.digest}`)
      http.header('Docker-Content-Digest', digest ?? manifest.digest)
      if (manifest.subject) http.header('OCI-Subject', manifest.subject)
      return http.body(null, 201)
    },
  )

  doorRoute(
    app,
    context,
    { door: ociDoor, method: 'DELETE', paths, needs: 'delete', action: 'manifest.delete', about: 'namespace' },
    async ({ http, call, namespace, params }) => {
      const name = repositoryOf(params)
      const reference = referenceOf(params.reference ?? '')
      if (!reference)
        throw new RegistryError('manifest-missing', { reference: params.reference ?? '', repository: name })
      await deleteManifest(registry, call, { namespace, name, reference })
      return http.body(null, 202)
    },
  )
}

/** A tag or a digest; null for what can be neither. A `+` is what helm before 3.7 sends for the `_` of a tag. */
function referenceOf(text: string): Reference | null {
  const digest = parseDigest(text)
  if (digest) return { digest }
  const tag = tagOfVersion(text)
  return isTag(tag) ? { tag } : null
}

/** The same where something is to be put there. Throws `digest-invalid`, `tag-invalid`. */
function newReferenceOf(text: string): Reference {
  const reference = referenceOf(text)
  if (reference) return reference
  throw text.includes(':')
    ? new RegistryError('digest-invalid', { digest: text })
    : new RegistryError('tag-invalid', { tag: text })
}

/** Throws `repository-missing`, `manifest-missing`. */
async function manifestOf(context: Context, { namespace, params }: DoorInput<'namespace'>): Promise<ManifestRow> {
  const { read } = context.registry.database
  const repository = { namespaceId: namespace.id, name: repositoryOf(params) }
  const reference = referenceOf(params.reference ?? '')
  const row =
    reference &&
    ('tag' in reference
      ? await findTagged(read, repository, reference.tag)
      : await findManifest(read, repository, reference.digest))
  if (row) return row
  const names = { reference: params.reference ?? '', repository: `${namespace.name}/${repository.name}` }
  throw new RegistryError('manifest-missing', names)
}

/** The text as it was pushed, under the type that it was pushed with, whatever the client accepts; never encoded. */
function sendManifest(c: HttpContext, manifest: ManifestRow, digest: AnyDigest): Response {
  c.header('Content-Type', manifest.media_type)
  c.header('Content-Length', String(manifest.size))
  c.header('Docker-Content-Digest', digest)
  c.header('ETag', `"${digest}"`)
  c.header('Cache-Control', 'private, no-cache')
  return c.req.method === 'HEAD' ? c.body(null) : c.body(manifest.content)
}
