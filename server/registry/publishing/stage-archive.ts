import { PassThrough } from 'node:stream'
import { readChartArchive } from '../../../chart/archive.ts'
import type { ChartMetadata } from '../../../chart/metadata.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { BlobTooLargeError, type Digest } from '../../blobs/blob-store.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import { checkBytes, type KnownBlob, openBlob } from '../blobs/stored-blobs.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { yamlReader } from '../reading/read-texts.ts'
import { gunzip } from './gunzip.ts'

/** A file in the blob store, as a blob or as an upload that is not committed yet. */
export interface StagedFile {
  /** ID of the upload; null if the file is already a blob. */
  readonly upload: string | null
  readonly size: number
  /** 64 hex digits. */
  readonly sha256: string
}

/** A file that is an uncommitted upload of the blob store. */
export interface StagedUpload extends StagedFile {
  readonly upload: string
}

/** A valid chart archive. */
export interface StagedArchive extends StagedFile {
  readonly metadata: ChartMetadata
}

/**
 * Streams at most `limit` bytes into a new upload, which is discarded on errors. Throws `archive-too-large`, and
 * rethrows errors of `bytes`.
 */
export async function stageUpload(
  registry: Registry,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<StagedUpload> {
  const { id } = await registry.blobs.begin()
  try {
    const { size, digest } = await registry.blobs.append(id, 0, bytes, limit)
    if (!digest) throw new Error('The store returned no digest for an upload of one piece.')
    return { upload: id, size, sha256: hexOfDigest(digest) }
  } catch (error) {
    await registry.blobs.abort(id)
    throw error instanceof BlobTooLargeError ? new RegistryError('archive-too-large', { limit }) : error
  }
}

/**
 * Streams a chart archive into a new upload and parses it at the same time. Bytes after the end of its tar are stored
 * too. On errors the upload is discarded and reading `bytes` stops. Throws `chart-refused`, `archive-too-large`,
 * `reading-busy`, and rethrows errors of `bytes`.
 */
export async function stageArchive(
  registry: Registry,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StagedArchive & StagedUpload> {
  const copy = new PassThrough()
  // The copy fails only with errors of `bytes`, which `stageUpload` rethrows.
  copy.on('error', () => undefined)
  let refusal: unknown
  const reading = readChartArchive(copy, { gunzip, readYaml: yamlReader(registry) }).catch((error: unknown) => {
    refusal = error
    copy.destroy()
    return undefined
  })
  try {
    const staged = await stageUpload(
      registry,
      copied(bytes, copy, () => refusal),
      registry.maxUploadBytes,
    )
    const archive = await reading
    if (archive) return { ...staged, metadata: archive.metadata }
    await discardStaged(registry, staged)
    throw refusal
  } catch (error) {
    // If the store failed before the first byte, the parser would wait for it forever.
    copy.destroy()
    await reading
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  }
}

/**
 * Reads a blob as a chart archive after verifying its digest. Metadata of an archive that was published before is read
 * from the database. Throws `chart-refused`, `archive-too-large`, `reading-busy`, `manifest-blob-lost`.
 */
export async function readStoredArchive(registry: Registry, digest: Digest, size: number): Promise<StagedArchive> {
  const limit = registry.maxUploadBytes
  if (size > limit) throw new RegistryError('archive-too-large', { limit })
  await checkBytes(registry, { digest, size }, 'manifest-blob-lost')
  const known = await registry.database.read
    .selectFrom('archives')
    .select('metadata_json')
    .where('digest', '=', digest)
    .limit(1)
    .executeTakeFirst()
  const metadata: ChartMetadata = known ? JSON.parse(known.metadata_json) : await readBlob(registry, { digest, size })
  return { upload: null, size, sha256: hexOfDigest(digest), metadata }
}

async function readBlob(registry: Registry, blob: KnownBlob): Promise<ChartMetadata> {
  const bytes = await openBlob(registry, blob)
  try {
    const { metadata } = await readChartArchive(bytes, { gunzip, readYaml: yamlReader(registry) })
    return metadata
  } catch (error) {
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  } finally {
    bytes.destroy()
  }
}

/** Discards the upload of a file that will not be published. Blobs are kept. */
export async function discardStaged(registry: Registry, staged: StagedFile): Promise<void> {
  if (staged.upload !== null) await registry.blobs.abort(staged.upload)
}

/**
 * Yields `bytes` after writing each chunk to `copy`, with backpressure from both. Throws the refusal once it exists.
 */
async function* copied(
  bytes: AsyncIterable<Uint8Array>,
  copy: PassThrough,
  refusal: () => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) {
      // The parser closes the copy when it has read enough; the rest goes only to the store.
      if (!copy.destroyed && !copy.write(chunk)) await drained(copy)
      if (refusal() !== undefined) throw refusal()
      yield chunk
    }
    copy.end()
  } finally {
    if (!copy.writableEnded) copy.destroy(new Error('The bytes ended early.'))
  }
}

async function drained(copy: PassThrough): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  copy.once('drain', resolve).once('close', resolve)
  if (copy.writableNeedDrain && !copy.destroyed) await promise
  copy.off('drain', resolve).off('close', resolve)
}
