import { RegistryError } from '../../registry/core/registry-error.ts'
import { type AnyDigest, parseDigest } from '../../registry/oci/any-digest.ts'
import { resolveDigest } from '../../registry/oci/digest-queries.ts'
import { mountBlob } from '../../registry/oci/repository-blobs.ts'
import {
  appendToUpload,
  beginUpload,
  cancelUpload,
  dropUpload,
  findUpload,
  finishUpload,
} from '../../registry/oci/uploads.ts'
import type { Context } from '../context.ts'
import { instanceAt } from '../helm/addressed-instance.ts'
import { type DoorInput, type DoorRoute, doorRoute } from '../helm/door-route.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { requestBytes } from '../transport/request-body.ts'
import { newRepositoryOf, ociDoor, parseRepository, type RepositoryAddress } from './oci-door.ts'

type Input = DoorInput<'namespace'>

const begin = ['/v2/:name{.+}/blobs/uploads/', '/v2/:name{.+}/blobs/uploads']
const one = ['/v2/:name{.+}/blobs/uploads/:upload']

/** Blobs on their way in. An upload keeps its address for life. distribution-spec: end-4, 5, 6, 11, 13. */
export function mountUploads(app: HttpApp, context: Context): void {
  const { registry } = context
  const on = (method: DoorRoute<'namespace'>['method'], paths: readonly string[], handler: Handler) =>
    doorRoute(
      app,
      context,
      { door: ociDoor, method, paths, needs: 'push', action: 'blob.put', about: 'namespace' },
      handler,
    )

  on('POST', begin, async (input) => {
    const { mount, digest } = input.http.req.query()
    newRepositoryOf(input.params)
    if (mount !== undefined && (await mountWanted(context, input, digestOf(mount)))) return created(input, mount)
    if (mount !== undefined || digest === undefined) {
      return underWay(input, await beginUpload(registry, input.call), 0, 202)
    }
    const wanted = digestOf(digest)
    const id = await beginUpload(registry, input.call)
    await receive(context, input, id).catch(async (error: unknown) => {
      await dropUpload(registry, id)
      throw error
    })
    return finish(context, input, id, wanted)
  })

  on('GET', one, async (input) => {
    const { id, size } = await findUpload(registry, uploadOf(input))
    return underWay(input, id, size, 204)
  })

  on('PATCH', one, async (input) => {
    const { id, size } = await receive(context, input, uploadOf(input))
    return underWay(input, id, size, 202)
  })

  on('PUT', one, async (input) => {
    const wanted = digestOf(input.http.req.query('digest') ?? '')
    newRepositoryOf(input.params)
    const id = uploadOf(input)
    if (hasBody(input.http)) await receive(context, input, id)
    return finish(context, input, id, wanted)
  })

  on('DELETE', one, async (input) => {
    await cancelUpload(registry, uploadOf(input))
    return input.http.body(null, 204)
  })
}

type Handler = (input: Input) => Promise<Response>

/** Throws `digest-invalid`. */
function digestOf(text: string): AnyDigest {
  const digest = parseDigest(text)
  if (!digest) throw new RegistryError('digest-invalid', { digest: text })
  return digest
}

function uploadOf({ params }: Input): string {
  return params.upload ?? ''
}

function hasBody(c: HttpContext): boolean {
  const length = c.req.header('content-length')
  if (length === undefined) return c.req.header('transfer-encoding') !== undefined || c.req.raw.body !== null
  return length !== '0'
}

/** Appends the body: where `Content-Range` says that the upload ends, or at its end. */
async function receive(context: Context, { http }: Input, id: string): Promise<{ id: string; size: number }> {
  const range = contentRange(http)
  if (!range) return appendToUpload(context.registry, id, requestBytes(http), undefined)
  const expected = range.last - range.first + 1
  return appendToUpload(context.registry, id, ofLength(requestBytes(http), expected), range.first)
}

/** Throws `header-invalid`, `upload-size-wrong`. */
function contentRange(c: HttpContext): { readonly first: number; readonly last: number } | undefined {
  const header = c.req.header('content-range')
  if (header === undefined) return undefined
  const [, first, last] = /^(?:bytes )?(\d{1,15})-(\d{1,15})(?:\/(?:\d+|\*))?$/.exec(header) ?? []
  if (first === undefined || last === undefined) throw new RegistryError('header-invalid', { header: 'Content-Range' })
  const range = { first: Number(first), last: Number(last) }
  const length = c.req.header('content-length')
  if (length !== undefined && Number(length) !== range.last - range.first + 1) {
    throw new RegistryError('upload-size-wrong')
  }
  return range
}

/** The bytes, which must be this many. Throws `upload-size-wrong`. */
async function* ofLength(bytes: AsyncIterable<Uint8Array>, expected: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > expected) throw new RegistryError('upload-size-wrong')
    yield chunk
  }
  if (size !== expected) throw new RegistryError('upload-size-wrong')
}

async function finish({ registry }: Context, input: Input, id: string, digest: AnyDigest): Promise<Response> {
  const place = { namespace: input.namespace.name, name: newRepositoryOf(input.params) }
  await finishUpload(registry, input.call, place, { id, digest })
  return created(input, digest)
}

/** Whether the blob could be mounted; where it could not, it is uploaded like any other. */
async function mountWanted(context: Context, input: Input, mount: AnyDigest): Promise<boolean> {
  const { registry } = context
  const { call, grant, http, namespace, params } = input
  const from = http.req.query('from')
  const source = from === undefined ? undefined : await sourceOf(context, input, from)
  const digest = source === null ? undefined : await resolveDigest(registry.database.read, mount)
  if (!digest || source === null) return false
  // A token names repositories as the client does: with the ID of the instance where the client writes it.
  const prefix = parseRepository(params.name ?? '').instanceId
  return mountBlob(
    registry,
    call,
    { namespace: namespace.name, name: newRepositoryOf(params) },
    {
      digest,
      from: source,
      mayUse: ({ namespace: ofSource, name }) => {
        const written = [...(prefix === undefined ? [] : [prefix]), ofSource, name].join('/')
        return !grant || grant.scopes.some((scope) => scope.name === written && scope.actions.includes('pull'))
      },
    },
  )
}

/** The repository that `from` names; null when it is no name, or one of another instance. */
async function sourceOf(context: Context, { call, http }: Input, from: string): Promise<RepositoryAddress | null> {
  try {
    const source = parseRepository(from)
    const { host } = http.get('peer')
    const instance = await instanceAt(context, { host, instanceId: source.instanceId })
    return instance === call.instance ? source : null
  } catch {
    return null
  }
}

/** `Location` is relative: helm refuses another scheme, and nobody knows behind how many proxies this is. */
function created({ http, params }: Input, digest: string): Response {
  http.header('Location', `/v2/${params.name}/blobs/${digest}`)
  http.header('Docker-Content-Digest', digest)
  return http.body(null, 201)
}

function underWay({ http, params }: Input, id: string, size: number, status: 202 | 204): Response {
  http.header('Location', `/v2/${params.name}/blobs/uploads/${id}`)
  http.header('Range', `0-${Math.max(size - 1, 0)}`)
  http.header('Docker-Upload-UUID', id)
  http.header('Cache-Control', 'no-store')
  return http.body(null, status)
}
