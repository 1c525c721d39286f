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
  /** Files and repositories that need it, some of them where they are many: `ccr-1a2b3c4d team/nginx-1.0.0.tgz`. */
  usedBy: z.array(z.string()),
})
export type DamagedBlob = z.infer<typeof DamagedBlob>

/** How a run of the garbage collector ended. */
const Collection = z.object({
  finished: z.string(),
  /** What it freed. */
  freed: amount,
  failed: z.boolean(),
})
export type Collection = z.infer<typeof Collection>

/** What the store holds and how it is. */
export const StorageReport = z.object({
  /** Everything that is stored. */
  blobs: amount,
  /** Chart archives among it. */
  archives: amount,
  /** What no version and no manifest uses: uploads under way, and garbage that will be collected. */
  unused: amount,
  /** Damaged and missing blobs; `items` are the first of them. */
  damaged: z.object({ total: z.number(), items: z.array(DamagedBlob) }),
  check: z.object({
    /** When all blobs had been compared with their digests the last time; null: not yet. */
    lastFinished: z.nullable(z.string()),
    /** How much of the running pass is done, 0 to 1; null between two passes. */
    progress: z.nullable(z.number()),
  }),
  lastCollection: z.nullable(Collection),
  /** True while a collection started by an administrator is running. */
  collecting: z.boolean(),
})
export type StorageReport = z.infer<typeof StorageReport>

export const getStorage = endpoint({
  method: 'GET',
  path: '/console/storage',
  needs: 'administer',
  params: nothing,
  query: nothing,
  body: 'none',
  response: StorageReport,
})

/** Starts collecting garbage without its time of grace. The answer does not wait for the end; `getStorage` tells it. */
export const collectGarbageNow = endpoint({
  method: 'POST',
  path: '/console/storage/collection',
  needs: 'administer',
  action: 'garbage.collect',
  params: nothing,
  query: nothing,
  body: 'none',
  response: 'empty',
})
