import { RegistryError } from '../../registry/core/registry-error.ts'
import { parseDigest } from '../../registry/oci/any-digest.ts'
import { resolveDigest } from '../../registry/oci/digest-queries.ts'
import { unlinkBlob } from '../../registry/oci/repository-blobs.ts'
import { findLinkedBlob, type LinkedBlob } from '../../registry/oci/repository-queries.ts'
import { touchLink } from '../../registry/oci/touch-manifest.ts'
import type { Context } from '../context.ts'
import { type DoorInput, doorRoute } from '../helm/door-route.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { parseRange } from '../transport/byte-range.ts'
import { sendBlob } from '../transport/send-blob.ts'
import { ociDoor, repositoryOf } from './oci-door.ts'

const paths = ['/v2/:name{.+}/blobs/:digest']

/** Blobs of a repository: those that are linked to it, whole or in part. distribution-spec: end-2, end-10. */
export function mountBlobs(app: HttpApp, context: Context): void {
  const { registry } = context

  doorRoute(app, context, { door: ociDoor, method: 'GET', paths, needs: 'read', about: 'namespace' }, async (input) => {
    const blob = await findBlob(context, input)
    // Who asks by HEAD is about to push what refers to it.
    if (input.http.req.method === 'HEAD') await touchLink(registry, blob)
    return send(input.http, context, blob, input.params.digest ?? '')
  })

  doorRoute(
    app,
    context,
    { door: ociDoor, method: 'DELETE', paths, needs: 'delete', action: 'blob.delete', about: 'namespace' },
    async (input) => {
      const { digest } = await findBlob(context, input)
      await unlinkBlob(registry, input.call, { namespace: input.namespace, name: repositoryOf(input.params) }, digest)
      return input.http.body(null, 202)
    },
  )
}

/** The blob that a path names. Throws `digest-invalid`, `repository-missing`, `blob-missing`. */
async function findBlob(context: Context, { namespace, params }: DoorInput<'namespace'>): Promise<LinkedBlob> {
  const { read } = context.registry.database
  const wanted = parseDigest(params.digest ?? '')
  if (!wanted) throw new RegistryError('digest-invalid', { digest: params.digest ?? '' })
  const name = repositoryOf(params)
  const digest = await resolveDigest(read, wanted)
  const blob = digest && (await findLinkedBlob(read, { namespaceId: namespace.id, name }, digest))
  if (!blob) throw new RegistryError('blob-missing', { digest: wanted, repository: `${namespace.name}/${name}` })
  return blob
}

/** The bytes, never encoded: clients check size and digest. */
async function send(c: HttpContext, context: Context, blob: LinkedBlob, asked: string): Promise<Response> {
  const headers = {
    'Docker-Content-Digest': asked,
    ETag: `"${asked}"`,
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Content-Type': 'application/octet-stream',
  }
  return sendBlob(c, context, { ...blob, name: asked, headers }, wantedRange(c.req.header('range'), blob.size))
}

/** Beside what HTTP lets a server ignore: a range that ends before it starts is told to be wrong (conformance suite). */
function wantedRange(header: string | undefined, size: number): ReturnType<typeof parseRange> {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/i.exec(header ?? '') ?? []
  if (first !== undefined && Number(last) < Number(first)) return 'unsatisfiable'
  return parseRange(header, size)
}
