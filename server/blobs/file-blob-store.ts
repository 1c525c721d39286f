import { fstat, open as openDescriptor } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { syncFolder } from '../durable-files.ts'
import {
  BlobNotFoundError,
  type BlobStore,
  BlobTooLargeError,
  type BlobUpload,
  type ByteRange,
  type Digest,
  DigestMismatchError,
  type StoredBlob,
  UploadNotFoundError,
  UploadOffsetError,
} from './blob-store.ts'
import { copiesOf } from './copies-of.ts'
import { DiskRoom } from './disk-room.ts'
import { BLOBS, blobPath, digestOfFile, newUploadId, UPLOADS, uploadPath } from './file-layout.ts'
import { FilePieces } from './file-pieces.ts'
import { RunningDigest } from './running-digest.ts'

/** Opens a descriptor: the garbage collection of an unclosed `FileHandle` would end the process. */
const openFile = promisify(openDescriptor)
const statFile = promisify(fstat)

/** Buffer size for hashing, in bytes. */
const HASH_SIZE = 128 * 1024

/** Limit of blobs in a page of the list. */
const LIST_PAGE = 256

export interface FileBlobStoreOptions {
  /** Space that uploads leave free on the disk, in bytes; by default 64 MiB, or a tenth of a smaller disk. */
  readonly reserve?: number | undefined
  /** Called if a folder could not be flushed: acknowledged blobs may be lost in the next crash. */
  readonly onFailedFlush?: (error: unknown) => void
}

/** Opens the store in `folder`, and creates it if it does not exist, accessible only to this account. */
export async function openFileBlobStore(folder: string, options: FileBlobStoreOptions = {}): Promise<BlobStore> {
  await mkdir(join(folder, UPLOADS), { recursive: true, mode: 0o700 })
  await syncFolder(folder)
  await syncFolder(dirname(folder))
  return new FileBlobStore(folder, options)
}

class FileBlobStore implements BlobStore {
  readonly #folder: string
  /** Digests of the uploads of this process, valid while they cover the whole file. */
  readonly #digests = new Map<string, RunningDigest>()
  /** Uploads that are being appended to or committed, which must not be written to concurrently. */
  readonly #busy = new Set<string>()
  /** Folders of blobs that this process has created or flushed. */
  readonly #shards = new Map<string, Promise<void>>()
  readonly #room: DiskRoom
  readonly #onFailedFlush: (error: unknown) => void

  constructor(folder: string, { reserve, onFailedFlush = () => undefined }: FileBlobStoreOptions) {
    this.#folder = folder
    this.#room = new DiskRoom(folder, reserve)
    this.#onFailedFlush = onFailedFlush
  }

  async begin(): Promise<BlobUpload> {
    await this.#room.take(0)
    const id = newUploadId()
    await (await open(uploadPath(this.#folder, id), 'wx', 0o600)).close()
    const digest = new RunningDigest()
    this.#digests.set(id, digest)
    return { id, size: 0, digest: digest.soFar() }
  }

  async find(id: string): Promise<BlobUpload> {
    const { size } = await stat(uploadPath(this.#folder, id)).catch(translate(() => new UploadNotFoundError(id)))
    return this.#upload(id, size)
  }

  async append(
    id: string,
    offset: number | 'end',
    bytes: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<BlobUpload> {
    return this.#exclusively(id, async () => {
      await using file = await this.#openUpload(id, 'r+')
      await this.#room.take(0).catch(this.#aborting(id))
      let { size } = await file.stat()
      if (offset !== 'end' && offset !== size)
        throw new UploadOffsetError(`The upload ends at ${size}, not at ${offset}.`)
      for await (const chunk of bytes) {
        if (size + chunk.length > limit) throw new BlobTooLargeError(`More than ${limit} bytes.`)
        await this.#room.take(chunk.length).catch(this.#aborting(id))
        await this.#writeChunk(id, file, chunk, size).catch(this.#aborting(id))
        size += chunk.length
      }
      return this.#upload(id, size)
    })
  }

  async commit(id: string, expected?: Digest): Promise<{ digest: Digest; size: number }> {
    return this.#exclusively(id, async () => {
      await using file = await this.#openUpload(id, 'r+')
      const { size } = await file.stat()
      const digest = this.#upload(id, size).digest ?? (await hashFile(file))
      if (expected !== undefined && digest !== expected) {
        throw new DigestMismatchError(`The bytes have digest ${digest}, not ${expected}.`)
      }
      // The age of a blob counts from its commit, not from its last append.
      const now = new Date()
      await file.utimes(now, now)
      // After a failed flush the upload is discarded: a second flush would succeed although data was lost.
      await file.sync().catch(this.#aborting(id))
      const path = blobPath(this.#folder, digest)
      await this.#makeShard(dirname(path))
      // Replaces an existing blob, which repairs a damaged file.
      await rename(uploadPath(this.#folder, id), path)
      await this.#syncFolder(dirname(path))
      this.#digests.delete(id)
      return { digest, size }
    })
  }

  async abort(id: string): Promise<void> {
    this.#digests.delete(id)
    await rm(uploadPath(this.#folder, id), { force: true })
  }

  async discardUploads(before: string): Promise<number> {
    const limit = Date.parse(before)
    let discarded = 0
    for (const id of await readdir(join(this.#folder, UPLOADS))) {
      const entry = await stat(join(this.#folder, UPLOADS, id)).catch(() => undefined)
      if (!entry || entry.mtimeMs >= limit || this.#busy.has(id)) continue
      await this.abort(id)
      discarded++
    }
    return discarded
  }

  async size(digest: Digest): Promise<number> {
    const { size } = await stat(blobPath(this.#folder, digest)).catch(translate(() => new BlobNotFoundError(digest)))
    return size
  }

  async *list(): AsyncGenerator<readonly StoredBlob[]> {
    const shards = await readdir(join(this.#folder, BLOBS)).catch(translate((): string[] => []))
    for (const shard of shards.sort()) {
      const names = await readdir(join(this.#folder, BLOBS, shard)).catch(translate((): string[] => []))
      const digests = names.sort().flatMap((name) => digestOfFile(shard, name) ?? [])
      for (let start = 0; start < digests.length; start += LIST_PAGE) {
        const page = digests.slice(start, start + LIST_PAGE)
        yield (await Promise.all(page.map((digest) => this.#stored(digest)))).flat()
      }
    }
  }

  /** Returns the blob in an array, which is empty if it was deleted concurrently. */
  async #stored(digest: Digest): Promise<StoredBlob[]> {
    const entry = await stat(blobPath(this.#folder, digest)).catch(translate(() => undefined))
    return entry ? [{ digest, size: entry.size, committedAt: entry.mtime.toISOString() }] : []
  }

  async read(digest: Digest, size: number, range?: ByteRange): Promise<Readable> {
    return copiesOf(await this.readInPlace(digest, size, range))
  }

  async readInPlace(digest: Digest, size: number, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    const { first, last } = range ?? { first: 0, last: size - 1 }
    const file = await openFile(blobPath(this.#folder, digest), 'r').catch(
      translate(() => new BlobNotFoundError(digest)),
    )
    const pieces = new FilePieces(file, digest, first, last + 1)
    const stored = await fileSize(file).catch(async (error: unknown) => {
      await pieces.return()
      throw error
    })
    if (stored === size) return pieces
    await pieces.return()
    throw new BlobNotFoundError(`${digest} has ${stored} bytes, not ${size}`)
  }

  async remove(digest: Digest): Promise<void> {
    const path = blobPath(this.#folder, digest)
    await rm(path, { force: true })
    await this.#syncFolder(dirname(path))
  }

  async isEmpty(): Promise<boolean> {
    const root = join(this.#folder, BLOBS)
    for (const shard of await readdir(root).catch(translate(() => []))) {
      if ((await readdir(join(root, shard))).length > 0) return false
    }
    return true
  }

  async check(): Promise<void> {
    const { id } = await this.begin()
    try {
      await using file = await this.#openUpload(id, 'r+')
      await file.write('x')
      await file.sync()
    } finally {
      await this.abort(id)
    }
  }

  /** Returns an error handler for an upload that cannot continue: discards it to free its space, and rethrows. */
  #aborting(id: string): (error: unknown) => Promise<never> {
    return async (error) => {
      // The error reported is the original one, even if the upload cannot be removed.
      await this.abort(id).catch(() => undefined)
      throw error
    }
  }

  /** Flushes the entries of a folder. Does nothing if the folder does not exist. */
  async #syncFolder(path: string): Promise<void> {
    try {
      await syncFolder(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return // every error of node:fs has a code
      this.#onFailedFlush(error)
      throw error
    }
  }

  #upload(id: string, size: number): BlobUpload {
    const digest = this.#digests.get(id)
    return { id, size, digest: digest?.size === size ? digest.soFar() : null }
  }

  async #openUpload(id: string, flags: string): Promise<FileHandle> {
    return open(uploadPath(this.#folder, id), flags).catch(translate(() => new UploadNotFoundError(id)))
  }

  async #writeChunk(id: string, file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, written, chunk.length - written, position + written)
      written += bytesWritten
    }
    const digest = this.#digests.get(id)
    // After a partial write the file is longer than the hashed bytes: the digest is no longer valid.
    if (digest?.size === position) digest.add(chunk)
    else this.#digests.delete(id)
  }

  async #exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (this.#busy.has(id)) throw new UploadOffsetError(`The upload ${id} is being written to.`)
    this.#busy.add(id)
    try {
      return await work()
    } finally {
      this.#busy.delete(id)
    }
  }

  /** Creates a folder of blobs and flushes its entry, once per process: an earlier process may not have flushed it. */
  async #makeShard(path: string): Promise<void> {
    let creation = this.#shards.get(path)
    if (!creation) {
      creation = this.#makeFlushedFolder(path)
      this.#shards.set(path, creation)
      creation.catch(() => this.#shards.delete(path))
    }
    await creation
  }

  async #makeFlushedFolder(path: string): Promise<void> {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await this.#syncFolder(dirname(path))
    await this.#syncFolder(this.#folder)
  }
}

async function fileSize(file: number): Promise<number> {
  return (await statFile(file)).size
}

async function hashFile(file: FileHandle): Promise<Digest> {
  const digest = new RunningDigest()
  const buffer = new Uint8Array(HASH_SIZE)
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) return digest.soFar()
    digest.add(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
}

/** Returns an error handler that replaces ENOENT: throws the error or returns the value of `make`. Rethrows others. */
function translate<T>(make: () => T): (error: unknown) => Exclude<T, Error> {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // every error of node:fs has a code
    const creation = make()
    if (creation instanceof Error) throw creation
    return creation as Exclude<T, Error> // the line above has thrown all errors
  }
}
