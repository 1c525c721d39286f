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
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { instanceAt } from '../helm/addressed-instance.ts'
import type { HttpContext } from '../http-env.ts'
import { type HandlerInput, route } from '../route.ts'
import { requestBytes } from '../transport/request-body.ts'
import { uploadEndpoints } from './endpoints.ts'
import { newRepositoryOf, parseRepository, type RepositoryAddress } from './repository-address.ts'

/** Input of any of these handlers; all have the name of the repository in their path. */
type Input = HandlerInput<typeof uploadEndpoints.begin>

/** Uploads of blobs. The URL of an upload stays the same until it is finished. */
export function mountUploads(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, uploadEndpoints.begin, async (input) => {
    const { mount, digest: text } = input.http.req.query()
    newRepositoryOf(input.params)
    if (mount !== undefined && (await mountRequested(context, input, digestOf(mount)))) return created(input, mount)
    if (mount !== undefined || text === undefined) {
      return progress(input, await beginUpload(registry, input.call), 0, 202)
    }
    const digest = digestOf(text)
    const id = await beginUpload(registry, input.call)
    await receive(context, input, id).catch(async (error: unknown) => {
      await dropUpload(registry, id)
      throw error
    })
    return finish(context, input, id, digest)
  })

  route(api, uploadEndpoints.getProgress, async (input) => {
    const { id, size } = await findUpload(registry, input.params.upload)
    return progress(input, id, size, 204)
  })

  route(api, uploadEndpoints.append, async (input) => {
    const { id, size } = await receive(context, input, input.params.upload)
    return progress(input, id, size, 202)
  })

  route(api, uploadEndpoints.finish, async (input) => {
    const digest = digestOf(input.http.req.query('digest') ?? '')
    newRepositoryOf(input.params)
    const id = input.params.upload
    if (hasBody(input.http)) await receive(context, input, id)
    return finish(context, input, id, digest)
  })

  route(api, uploadEndpoints.cancel, async ({ http, params }) => {
    await cancelUpload(registry, params.upload)
    return http.body(null, 204)
  })
}

/** Throws `digest-invalid`. */
function digestOf(text: string): AnyDigest {
  const digest = parseDigest(text)
  if (!digest) throw new RegistryError('digest-invalid', { digest: text })
  return digest
}

function hasBody(c: HttpContext): boolean {
  const length = c.req.header('content-length')
  if (length === undefined) return c.req.header('transfer-encoding') !== undefined || c.req.raw.body !== null
  return length !== '0'
}

/** Appends the body to an upload, at the offset in `Content-Range` if there is one. */
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

/** Passes the bytes on. Throws `upload-size-wrong` unless there are `expected` of them. */
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

/** Mounts a blob of another repository. Returns whether that was possible; if not, the client uploads the blob. */
async function mountRequested(context: Context, input: Input, mount: AnyDigest): Promise<boolean> {
  const { registry } = context
  const { call, grant, http, namespace, params } = input
  const from = http.req.query('from')
  const source = from === undefined ? undefined : await sourceOf(context, input, from)
  const digest = source === null ? undefined : await resolveDigest(registry.database.read, mount)
  if (!digest || source === null) return false
  // Scopes name repositories as the client writes them: with the ID of the instance if its paths have it.
  const prefix = parseRepository(params.name).instanceId
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

/** Returns the repository that `from` names; null if the name is invalid or of another instance. */
async function sourceOf(context: Context, { call, http }: Input, from: string): Promise<RepositoryAddress | null> {
  try {
    const source = parseRepository(from)
    const { host } = http.get('client')
    const instance = await instanceAt(context, { host, instanceId: source.instanceId })
    return instance === call.instance ? source : null
  } catch {
    return null
  }
}

/** `Location` is relative: helm refuses another scheme, and the proxies in front of this server are unknown. */
function created({ http, params }: Input, digest: string): Response {
  http.header('Location', `/v2/${params.name}/blobs/${digest}`)
  http.header('Docker-Content-Digest', digest)
  return http.body(null, 201)
}

function progress({ http, params }: Input, id: string, size: number, status: 202 | 204): Response {
  http.header('Location', `/v2/${params.name}/blobs/uploads/${id}`)
  http.header('Range', `0-${Math.max(size - 1, 0)}`)
  http.header('Docker-Upload-UUID', id)
  http.header('Cache-Control', 'no-store')
  return http.body(null, status)
}
