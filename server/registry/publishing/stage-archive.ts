import { PassThrough } from 'node:stream'
import { readChartArchive } from '../../../chart/archive.ts'
import type { ChartMetadata } from '../../../chart/metadata.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { BlobTooLargeError, type Digest } from '../../blobs/blob-store.ts'
import { streamOf } from '../../blobs/stream-of.ts'
import { checkBytes, type KnownBlob, openBlob } from '../blobs/stored-blobs.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { yamlReader } from '../reading/read-texts.ts'
import { gunzip } from './gunzip.ts'

/** Bytes that are in the blob store. */
export interface StagedFile {
  /** ID of the upload that they are, and nothing else yet; null where they are a blob. */
  readonly upload: string | null
  readonly size: number
  /** 64 hex digits. */
  readonly sha256: string
}

/** Bytes that are an upload of the blob store, and nothing else yet. */
export interface StagedUpload extends StagedFile {
  readonly upload: string
}

/** A chart archive that helm takes. */
export interface StagedArchive extends StagedFile {
  readonly metadata: ChartMetadata
}

/**
 * Stores bytes as they come in, at most `limit` of them. When it throws, nothing stays staged. Throws
 * `archive-too-large`, and what `bytes` throws.
 */
export async function stageUpload(
  registry: Registry,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<StagedUpload> {
  const { id } = await registry.blobs.begin()
  try {
    const { size, digest } = await registry.blobs.append(id, 0, bytes, limit)
    if (!digest) throw new Error('The store has lost count of an upload that it took in one piece.')
    return { upload: id, size, sha256: digest.slice('sha256:'.length) }
  } catch (error) {
    await registry.blobs.abort(id)
    throw error instanceof BlobTooLargeError ? new RegistryError('archive-too-large', { limit }) : error
  }
}

/**
 * Stores a chart archive and reads it, both while it comes in, once. What follows the end of its tar is stored too.
 * When it throws, nothing stays staged, and no more of `bytes` is read than was needed. Throws `chart-refused`,
 * `archive-too-large`, `reading-busy`, and what `bytes` throws.
 */
export async function stageArchive(
  registry: Registry,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StagedArchive & StagedUpload> {
  const copy = new PassThrough()
  // Its errors are those of the bytes, and whoever appends them is told.
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
    // Where the store took no byte, none has reached the copy, and the reading would wait for the first.
    copy.destroy()
    await reading
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  }
}

/**
 * Reads a blob as a chart archive, after comparing it with its digest. What is known of the same bytes from before is
 * not parsed again. Throws `chart-refused`, `archive-too-large`, `reading-busy`, `manifest-blob-lost`.
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
  return { upload: null, size, sha256: digest.slice('sha256:'.length), metadata }
}

async function readBlob(registry: Registry, blob: KnownBlob): Promise<ChartMetadata> {
  const bytes = streamOf(await openBlob(registry, blob))
  try {
    const { metadata } = await readChartArchive(bytes, { gunzip, readYaml: yamlReader(registry) })
    return metadata
  } catch (error) {
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  } finally {
    bytes.destroy()
  }
}

/** Drops what was staged and will not be published; what is a blob stays. */
export async function discardStaged(registry: Registry, staged: StagedFile): Promise<void> {
  if (staged.upload !== null) await registry.blobs.abort(staged.upload)
}

/** The bytes, each given to `copy` first, and no faster than it takes them. Ends with the refusal once there is one. */
async function* copied(
  bytes: AsyncIterable<Uint8Array>,
  copy: PassThrough,
  refusal: () => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) {
      // Whoever has read enough has closed the copy; the bytes go on to the store alone.
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
