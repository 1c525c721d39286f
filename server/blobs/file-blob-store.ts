import { fstat, open as openDescriptor } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
import { DiskRoom } from './disk-room.ts'
import { BLOBS, blobPath, digestOfFile, newUploadId, UPLOADS, uploadPath } from './file-layout.ts'
import { FilePieces } from './file-pieces.ts'
import { RunningDigest } from './running-digest.ts'

/** To a descriptor: a `FileHandle` that nobody gets round to closing would end the process. */
const openFile = promisify(openDescriptor)
const statFile = promisify(fstat)

/** Bytes that are hashed at a time. */
const HASH_SIZE = 128 * 1024

/** Blobs in a page of the list at most. */
const LISTED_AT_ONCE = 256

export interface FileBlobStoreOptions {
  /** Bytes of the disk that uploads leave free; without it 64 MiB, or a tenth of a smaller disk. */
  readonly reserve?: number | undefined
  /** Told that the names of blobs could not be flushed: blobs that were acknowledged may be lost with the next crash. */
  readonly onFailedFlush?: (error: unknown) => void
}

/** Opens the store in `folder`, making it as needed, for this account's eyes alone. */
export async function openFileBlobStore(folder: string, options: FileBlobStoreOptions = {}): Promise<BlobStore> {
  await mkdir(join(folder, UPLOADS), { recursive: true, mode: 0o700 })
  await syncFolder(folder)
  await syncFolder(dirname(folder))
  return new FileBlobStore(folder, options)
}

class FileBlobStore implements BlobStore {
  readonly #folder: string
  /** Hashes of the uploads of this process, as far as their files go. */
  readonly #digests = new Map<string, RunningDigest>()
  /** Uploads that somebody appends to or commits: their files must not be touched by another. */
  readonly #busy = new Set<string>()
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
    return this.#alone(id, async () => {
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
    return this.#alone(id, async () => {
      await using file = await this.#openUpload(id, 'r+')
      const { size } = await file.stat()
      const digest = this.#upload(id, size).digest ?? (await hashFile(file))
      if (expected !== undefined && digest !== expected) {
        throw new DigestMismatchError(`The bytes have digest ${digest}, not ${expected}.`)
      }
      // The age of a blob is counted from here, not from when its last bytes came in.
      const now = new Date()
      await file.utimes(now, now)
      // A second flush would succeed, and the bytes that the first one lost would still be missing.
      await file.sync().catch(this.#aborting(id))
      const path = blobPath(this.#folder, digest)
      await this.#makeShard(dirname(path))
      // Over a blob that is there: the same bytes again, and whole even if somebody damaged them.
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
      for (let start = 0; start < digests.length; start += LISTED_AT_ONCE) {
        const page = digests.slice(start, start + LISTED_AT_ONCE)
        yield (await Promise.all(page.map((digest) => this.#stored(digest)))).flat()
      }
    }
  }

  /** Nothing for a blob that has been removed meanwhile. */
  async #stored(digest: Digest): Promise<StoredBlob[]> {
    const entry = await stat(blobPath(this.#folder, digest)).catch(translate(() => undefined))
    return entry ? [{ digest, size: entry.size, committedAt: entry.mtime.toISOString() }] : []
  }

  async read(digest: Digest, size: number, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
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

  /** A handler for what goes wrong with an upload for good: drops it, so that it takes no room, and throws on. */
  #aborting(id: string): (error: unknown) => Promise<never> {
    return async (error) => {
      // The error reported is the original one, even if the upload cannot be removed.
      await this.abort(id).catch(() => undefined)
      throw error
    }
  }

  /** Flushes the names in a folder; one that does not exist has none. */
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
    // A write that failed half-way leaves the file longer than what was hashed: the hash is of no use from then on.
    if (digest?.size === position) digest.add(chunk)
    else this.#digests.delete(id)
  }

  async #alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (this.#busy.has(id)) throw new UploadOffsetError(`The upload ${id} is being written to.`)
    this.#busy.add(id)
    try {
      return await work()
    } finally {
      this.#busy.delete(id)
    }
  }

  /** Makes the folder and flushes its name, once for each process: what an earlier one made may not be on the medium. */
  async #makeShard(path: string): Promise<void> {
    let made = this.#shards.get(path)
    if (!made) {
      made = this.#makeFlushedFolder(path)
      this.#shards.set(path, made)
      made.catch(() => this.#shards.delete(path))
    }
    await made
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

/** A handler for a rejected call on a file: what `make` returns or throws in place of ENOENT; the rest is thrown on. */
function translate<T>(make: () => T): (error: unknown) => Exclude<T, Error> {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // every error of node:fs has a code
    const made = make()
    if (made instanceof Error) throw made
    return made as Exclude<T, Error> // the line above has thrown all errors
  }
}
