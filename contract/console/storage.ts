import * as z from 'zod/mini'
import { BLOB_DAMAGE } from '../domain/blob-damage.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

const amount = z.object({ count: z.number(), bytes: z.number() })

/** A blob that a check found missing or damaged. */
const DamagedBlob = z.object({
  digest: z.string(),
  size: z.number(),
  damage: z.enum(BLOB_DAMAGE),
  found: z.string(),
  /** Files and repositories that use it, at most a few: `ccr-1a2b3c4d team/nginx-1.0.0.tgz`. */
  usedBy: z.array(z.string()),
})
export type DamagedBlob = z.infer<typeof DamagedBlob>

/** Result of a run of the garbage collector. */
const Collection = z.object({
  finished: z.string(),
  /** Number and size of the removed blobs. */
  freed: amount,
  failed: z.boolean(),
})
export type Collection = z.infer<typeof Collection>

/** Contents and state of the blob store. */
export const StorageReport = z.object({
  /** All stored blobs. */
  blobs: amount,
  /** Chart archives among them. */
  archives: amount,
  /** Blobs that no version or manifest uses: unfinished uploads, and garbage to be collected. */
  unused: amount,
  /** Damaged and missing blobs; `items` holds the first of them. */
  damaged: z.object({ total: z.number(), items: z.array(DamagedBlob) }),
  check: z.object({
    /** Time when the last complete comparison of all blobs with their digests ended; null if there was none yet. */
    lastFinished: z.nullable(z.string()),
    /** Completed share of the running pass, 0 to 1; null between two passes. */
    progress: z.nullable(z.number()),
  }),
  lastCollection: z.nullable(Collection),
  /** True while a collection started by an administrator is running. */
  collecting: z.boolean(),
})
export type StorageReport = z.infer<typeof StorageReport>

export const storageEndpoints = {
  get: endpoint({
    method: 'GET',
    path: '/console/storage',
    needs: 'administer',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: 'none',
    response: StorageReport,
  }),

  /** Starts a garbage collection without the grace period. Responds before it ends; `get` returns the result. */
  collectGarbage: endpoint({
    method: 'POST',
    path: '/console/storage/collection',
    needs: 'administer',
    about: 'registry',
    action: 'garbage.collect',
    params: nothing,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
