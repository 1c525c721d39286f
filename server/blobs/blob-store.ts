/** `sha256:` and 64 lower-case hex digits: the key of a blob. */
export type Digest = `sha256:${string}`

/** A blob on its way in. */
export interface BlobUpload {
  readonly id: string
  /** Bytes appended so far. */
  readonly size: number
  /** Digest of the bytes so far; null where this process has not seen them all. */
  readonly digest: Digest | null
}

/** A blob as the store has it. Whether its bytes match its digest is not known. */
export interface StoredBlob {
  readonly digest: Digest
  readonly size: number
  /** When it was committed, ISO time. */
  readonly committedAt: string
}

/** First and last byte, both included, as in an HTTP range. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * Content-addressed bytes. What is committed is there after a crash and is never changed; an upload that is
 * neither committed nor aborted is litter that `discardUploads` takes away.
 */
export interface BlobStore {
  /** Starts an upload. */
  begin(): Promise<BlobUpload>
  /** The upload as it stands, also after a restart of the process. Throws {@link UploadNotFoundError}. */
  find(id: string): Promise<BlobUpload>
  /**
   * Appends a stream of bytes, at its end or at `offset`, which must be the size so far; answers with the new size.
   * Drops the upload when storage does not take them (`storageProblem`).
   * Stops with {@link BlobTooLargeError} as soon as the upload would be larger than `limit` bytes.
   * Throws {@link UploadNotFoundError}, {@link UploadOffsetError}.
   */
  append(id: string, offset: number | 'end', bytes: AsyncIterable<Uint8Array>, limit: number): Promise<BlobUpload>
  /**
   * Makes the upload a blob, flushed to the medium, and answers with its digest and size. With `expected`, bytes
   * that have another digest are refused with {@link DigestMismatchError}. Committing what is there already succeeds.
   * Reads the bytes again when this process did not hash them all as they came in.
   */
  commit(id: string, expected?: Digest): Promise<{ digest: Digest; size: number }>
  /** Drops the upload; one that is gone already is fine. */
  abort(id: string): Promise<void>
  /** Drops all uploads that were last appended to before `before` (ISO time). Answers with how many. */
  discardUploads(before: string): Promise<number>
  /** Size in bytes. Throws {@link BlobNotFoundError}. */
  size(digest: Digest): Promise<number>
  /** Lists the stored blobs in pages, in the order of their digests. Each page is read when it is asked for. */
  list(): AsyncIterable<readonly StoredBlob[]>
  /**
   * The bytes, or a range of them, piece by piece. The memory of a piece is used again once the next one is asked for
   * or the reader stops; use `streamOf` to keep pieces. Throws before the first piece
   * {@link BlobNotFoundError}, also for a blob that does not have `size` bytes; throws another error later on when the
   * bytes end early.
   */
  read(digest: Digest, size: number, range?: ByteRange): Promise<AsyncIterable<Uint8Array>>
  /** Removes the blob; one that is gone already is fine. */
  remove(digest: Digest): Promise<void>
  /** Whether it holds no blob; uploads do not count. */
  isEmpty(): Promise<boolean>
  /** Writes and flushes something small, and removes it. Throws what a blob that is sent now would be refused with. */
  check(): Promise<void>
}

export class BlobNotFoundError extends Error {
  override name = 'BlobNotFoundError'
}

export class UploadNotFoundError extends Error {
  override name = 'UploadNotFoundError'
}

/** The bytes do not start where the upload ends. */
export class UploadOffsetError extends Error {
  override name = 'UploadOffsetError'
}

export class BlobTooLargeError extends Error {
  override name = 'BlobTooLargeError'
}

export class DigestMismatchError extends Error {
  override name = 'DigestMismatchError'
}
