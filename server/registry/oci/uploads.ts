import { createHash } from 'node:crypto'
import {
  BlobTooLargeError,
  type BlobUpload,
  type Digest,
  DigestMismatchError,
  UploadNotFoundError,
  UploadOffsetError,
} from '../../blobs/blob-store.ts'
import { recordEvent } from '../audit/record-event.ts'
import { insertLiveBlob, insertUnreferencedBlob } from '../blobs/blob-rows.ts'
import { pinBlob } from '../blobs/pin-blob.ts'
import type { KnownBlob } from '../blobs/stored-blobs.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import type { AnyDigest } from './any-digest.ts'
import { insertAlias } from './digest-queries.ts'
import { ensureRepository } from './ensure-repository.ts'
import { openUploads } from './open-uploads.ts'
import { linkBlob, type RepositoryNames } from './repository-queries.ts'

/** Begins an upload and returns its ID. Throws `uploads-open`, `uploads-open-in-all`. */
export function beginUpload(registry: Registry, { caller }: Call): Promise<string> {
  return openUploads(registry).begin(caller)
}

/** Discards an upload. Does nothing if it does not exist. */
export async function dropUpload(registry: Registry, id: string): Promise<void> {
  await registry.blobs.abort(id)
  openUploads(registry).end(id)
}

/** Returns the current state of an upload. Throws `oci-upload-missing`. */
export async function findUpload(registry: Registry, id: string): Promise<BlobUpload> {
  return registry.blobs.find(id).catch((error: unknown) => refuse(registry, id, error))
}

/**
 * Appends to an upload; `offset`, if given, must be its end. Bytes received before a connection breaks are kept, so
 * that the client can resume. Throws `oci-upload-missing`, `upload-out-of-order`, `blob-too-large`, and rethrows errors
 * of `bytes`.
 */
export async function appendToUpload(
  registry: Registry,
  id: string,
  bytes: AsyncIterable<Uint8Array>,
  offset: number | undefined,
): Promise<BlobUpload> {
  openUploads(registry).touch(id)
  try {
    return await registry.blobs.append(id, offset ?? 'end', bytes, registry.maxBlobBytes)
  } catch (error) {
    if (error instanceof BlobTooLargeError) await dropUpload(registry, id)
    return refuse(registry, id, error)
  }
}

/**
 * Commits an upload as a blob of the repository. Discards it if its digest differs. Throws `oci-upload-missing`,
 * `digest-mismatch`, `namespace-missing`, `repository-quota`.
 */
export async function finishUpload(
  registry: Registry,
  call: Call,
  place: RepositoryNames,
  upload: { readonly id: string; readonly digest: AnyDigest },
): Promise<void> {
  const expected = await storedDigest(registry, upload.id, upload.digest)
  using _pin = await pinBlob(registry, expected)
  const blob = await registry.blobs.commit(upload.id, expected).catch(async (error: unknown) => {
    if (error instanceof DigestMismatchError) await dropUpload(registry, upload.id)
    return refuse(registry, upload.id, error, upload.digest)
  })
  openUploads(registry).end(upload.id)
  const now = registry.now()
  try {
    const alias = isSha512(upload.digest) ? upload.digest : null
    if (alias && (await sha512Of(registry, blob)) !== alias) {
      throw new RegistryError('digest-mismatch', { digest: alias })
    }
    await registry.database.write(async (transaction) => {
      const namespace = await findNamespace(transaction, call.instance, place.namespace)
      if (!namespace) throw new RegistryError('namespace-missing', { namespace: place.namespace })
      const repository = await ensureRepository(transaction, namespace, place.name, { kind: 'artifact', now })
      await insertLiveBlob(transaction, { ...blob, now })
      const isNew = await linkBlob(transaction, repository.id, blob.digest, now)
      if (alias) await insertAlias(transaction, alias, blob.digest)
      const event = {
        action: 'blob.put',
        namespace: namespace.name,
        chart: place.name,
        digestAfter: blob.digest,
      } as const
      if (isNew) await recordEvent(transaction, call, event, now)
    })
  } catch (error) {
    await registry.database.write((transaction) => insertUnreferencedBlob(transaction, { ...blob, now }))
    throw error
  }
}

/** Cancels an upload. Throws `oci-upload-missing`. */
export async function cancelUpload(registry: Registry, id: string): Promise<void> {
  await findUpload(registry, id)
  await dropUpload(registry, id)
}

/**
 * Returns the SHA-256 under which to store an upload: the client's, or the computed one if the client gave a SHA-512.
 */
async function storedDigest(registry: Registry, id: string, digest: AnyDigest): Promise<Digest> {
  if (!isSha512(digest)) return digest
  const computed = (await findUpload(registry, id)).digest
  // Another process began the upload, or this process restarted since: the client has to start over.
  if (!computed) throw new RegistryError('oci-upload-missing')
  return computed
}

function isSha512(digest: AnyDigest): digest is `sha512:${string}` {
  return digest.startsWith('sha512:')
}

async function sha512Of(registry: Registry, { digest, size }: KnownBlob): Promise<`sha512:${string}`> {
  const hash = createHash('sha512')
  for await (const chunk of await registry.blobs.readInPlace(digest, size)) hash.update(chunk)
  return `sha512:${hash.digest('hex')}`
}

async function refuse(registry: Registry, id: string, error: unknown, digest?: AnyDigest): Promise<never> {
  if (error instanceof UploadNotFoundError) {
    openUploads(registry).end(id)
    throw new RegistryError('oci-upload-missing')
  }
  if (error instanceof BlobTooLargeError) throw new RegistryError('blob-too-large', { limit: registry.maxBlobBytes })
  if (error instanceof DigestMismatchError) throw new RegistryError('digest-mismatch', { digest: digest ?? '' })
  if (error instanceof UploadOffsetError) {
    const { size } = await findUpload(registry, id)
    throw new RegistryError('upload-out-of-order', { size })
  }
  throw error
}
