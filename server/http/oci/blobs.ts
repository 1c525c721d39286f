import type { NamespaceRow } from '../../db/schema.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { parseDigest } from '../../registry/oci/any-digest.ts'
import { resolveDigest } from '../../registry/oci/digest-queries.ts'
import { unlinkBlob } from '../../registry/oci/repository-blobs.ts'
import { findLinkedBlob, type LinkedBlob } from '../../registry/oci/repository-queries.ts'
import { touchLink } from '../../registry/oci/touch-manifest.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { route } from '../route.ts'
import { parseRange } from '../transport/byte-range.ts'
import { sendBlob } from '../transport/send-blob.ts'
import { blobEndpoints } from './endpoints.ts'
import { repositoryOf } from './repository-address.ts'

/** Blobs that are linked to a repository, whole or in part. */
export function mountBlobs(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, blobEndpoints.get, async ({ http, namespace, params }) => {
    const blob = await findBlob(context, namespace, params)
    // A HEAD announces a manifest that refers to the blob.
    if (http.req.method === 'HEAD') await touchLink(registry, blob)
    return send(http, context, blob, params.digest)
  })

  route(api, blobEndpoints.delete, async ({ call, http, namespace, params }) => {
    const { digest } = await findBlob(context, namespace, params)
    await unlinkBlob(registry, call, { namespace, name: repositoryOf(params) }, digest)
    return http.body(null, 202)
  })
}

/** Returns the blob that a path names. Throws `digest-invalid`, `repository-missing`, `blob-missing`. */
async function findBlob(
  context: Context,
  namespace: NamespaceRow,
  params: { readonly name: string; readonly digest: string },
): Promise<LinkedBlob> {
  const { read } = context.registry.database
  const requested = parseDigest(params.digest)
  if (!requested) throw new RegistryError('digest-invalid', { digest: params.digest })
  const name = repositoryOf(params)
  const digest = await resolveDigest(read, requested)
  const blob = digest && (await findLinkedBlob(read, { namespaceId: namespace.id, name }, digest))
  if (!blob) throw new RegistryError('blob-missing', { digest: requested, repository: `${namespace.name}/${name}` })
  return blob
}

/** Sends the bytes, never encoded: clients check size and digest. */
async function send(c: HttpContext, context: Context, blob: LinkedBlob, requested: string): Promise<Response> {
  const headers = {
    'Docker-Content-Digest': requested,
    ETag: `"${requested}"`,
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Content-Type': 'application/octet-stream',
  }
  return sendBlob(c, context, { ...blob, name: requested, headers }, requestedRange(c.req.header('range'), blob.size))
}

/** As {@link parseRange}, but a range that ends before it starts is unsatisfiable, as the conformance suite requires. */
function requestedRange(header: string | undefined, size: number): ReturnType<typeof parseRange> {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/i.exec(header ?? '') ?? []
  if (first !== undefined && Number(last) < Number(first)) return 'unsatisfiable'
  return parseRange(header, size)
}
