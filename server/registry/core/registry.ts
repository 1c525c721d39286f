import type { BlobStore } from '../../blobs/blob-store.ts'
import type { Database } from '../../db/database.ts'
import type { ReadingThreads } from '../reading/reading-threads.ts'
import type { SecretBox } from '../secrets/secret-box.ts'

/** Dependencies of the registry core. One per process, built at startup or by a test. */
export interface Registry {
  readonly database: Database
  readonly blobs: BlobStore
  /** Worker threads that parse files. */
  readonly threads: ReadingThreads
  /** Encrypts secrets that must be readable later, such as those of access keys. */
  readonly secretBox: SecretBox
  /** Region of new instances. */
  readonly region: string
  /** Largest size of a chart archive, in bytes. */
  readonly maxUploadBytes: number
  /** Largest size of an OCI blob, in bytes. */
  readonly maxBlobBytes: number
  /** Time from when a blob becomes unreferenced until garbage collection may delete it, in milliseconds. */
  readonly grace: number
  /** Retention of the audit log, in days; 0: unlimited. */
  readonly auditDays: number
  /** Returns the current time, ISO in UTC with milliseconds. */
  now(): string
}
