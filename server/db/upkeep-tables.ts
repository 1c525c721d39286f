import type { BlobDamage } from '../../contract/console/storage.ts'
import type { Digest } from '../blobs/blob-store.ts'

/** Blobs that a check has found missing or damaged. A row goes when the same bytes are committed again. */
export interface DamagedBlobsTable {
  digest: Digest
  damage: BlobDamage
  found_at: string
}

/** What background work remembers between its runs, one row for each kind of work. */
export interface UpkeepTable {
  name: 'collection' | 'scrub'
  state_json: string
}
