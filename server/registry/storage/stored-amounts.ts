import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import type { Schema } from '../../db/schema.ts'

/** Rows counted by one statement, which takes a few milliseconds. */
const SLICE = 2000

/** A number of blobs and their bytes. */
export interface Amount {
  readonly count: number
  readonly bytes: number
}

/** Stored blobs according to the database. `unused` blobs are referenced by no version and no manifest. */
export interface StoredAmounts {
  readonly blobs: Amount
  readonly archives: Amount
  readonly unused: Amount
}

/** Counts all blobs in slices, and yields to the event loop in between. */
export async function countStored(db: Kysely<Schema>): Promise<StoredAmounts> {
  const total = { blobs: { count: 0, bytes: 0 }, archives: { count: 0, bytes: 0 }, unused: { count: 0, bytes: 0 } }
  for (let after = '', isLast = false; !isLast; ) {
    const slice = await countSlice(db, after)
    add(total.blobs, slice.count, slice.bytes)
    add(total.archives, slice.archive_count, slice.archive_bytes)
    add(total.unused, slice.unused_count, slice.unused_bytes)
    after = slice.last ?? ''
    isLast = slice.count < SLICE
    await yieldToEventLoop()
  }
  return total
}

function add(amount: { count: number; bytes: number }, count: number, bytes: number | null): void {
  amount.count += count
  amount.bytes += bytes ?? 0
}

interface Slice {
  readonly last: Digest | null
  readonly count: number
  readonly bytes: number | null
  readonly archive_count: number
  readonly archive_bytes: number | null
  readonly unused_count: number
  readonly unused_bytes: number | null
}

async function countSlice(db: Kysely<Schema>, after: string): Promise<Slice> {
  const { rows } = await sql<Slice>`
    select max(digest) as last, count(*) as count, sum(size) as bytes,
      count(archive_size) as archive_count, sum(archive_size) as archive_bytes,
      count(unused_size) as unused_count, sum(unused_size) as unused_bytes
    from (
      select digest, size,
        case when exists (select 1 from archives a where a.digest = b.digest) then size end as archive_size,
        case when not exists (select 1 from used_blobs u where u.digest = b.digest) then size end as unused_size
      from blobs b where digest > ${after} order by digest limit ${SLICE}
    ) slice`.execute(db)
  return rows[0] as Slice // an aggregate without groups is one row
}
