import type { BlobStore } from '../../blobs/blob-store.ts'
import type { Database } from '../../db/database.ts'
import type { ReadingThreads } from '../reading/reading-threads.ts'
import type { SecretBox } from '../secrets/secret-box.ts'

/** What the core works on: one for the process, built by its start or by a test. */
export interface Registry {
  readonly database: Database
  readonly blobs: BlobStore
  /** Where texts are read that may take long. */
  readonly threads: ReadingThreads
  /** Seals what must be read again. */
  readonly secretBox: SecretBox
  /** Region that new instances are in. */
  readonly region: string
  /** Bytes of a chart archive at most. */
  readonly maxUploadBytes: number
  /** Bytes of an OCI blob at most. */
  readonly maxBlobBytes: number
  /** How long what nobody needs any more is kept, in milliseconds. */
  readonly grace: number
  /** How long the record is kept, in days; 0: for ever. */
  readonly auditDays: number
  /** The time, ISO in UTC with milliseconds. */
  now(): string
}
