import type { Kysely } from 'kysely'
import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { BlobStore, Digest, StoredBlob } from '../../blobs/blob-store.ts'
import type { Schema } from '../../db/schema.ts'
import { findBlobUsers } from '../blobs/blob-users.ts'
import { inspectBlob, type KnownBlob, sizeOf } from '../blobs/stored-blobs.ts'
import { withoutRow } from '../garbage/sweep-orphans.ts'
import type { Amount } from './stored-amounts.ts'

/** Rows that are looked up together. */
const SLICE = 500
/** Names of what needs a damaged blob. */
const USERS = 5
/** Bytes without a row that were committed within this time may be about to get one, in milliseconds. */
const COMMITTING = 60_000

/** Something about a blob on which database and store do not agree. */
export type Finding =
  | { readonly kind: BlobDamage; readonly digest: Digest; readonly size: number; readonly usedBy: readonly string[] }
  | { readonly kind: 'orphan'; readonly digest: Digest; readonly size: number; readonly isOld: boolean }

export interface Diagnosis {
  readonly findings: readonly Finding[]
  /** Blobs of the database that were looked at. */
  readonly checked: Amount
}

interface Place {
  readonly db: Kysely<Schema>
  readonly blobs: BlobStore
}

interface Wanted {
  /** Whether to hash all bytes. */
  readonly digests: boolean
  /** Whether a server may be writing meanwhile. */
  readonly isInUse: boolean
  /** Orphans that were committed before this time (ISO) are old. */
  readonly oldBefore: string
}

/** Compares all rows of blobs with the store, and the store with them. Changes nothing. */
export async function diagnoseStore(place: Place, wanted: Wanted): Promise<Diagnosis> {
  const { findings, checked } = await diagnoseRows(place, wanted)
  return { findings: [...findings, ...(await findOrphans(place, wanted))], checked }
}

async function diagnoseRows(place: Place, { digests }: Wanted): Promise<Diagnosis> {
  const findings: Finding[] = []
  const checked = { count: 0, bytes: 0 }
  for await (const blob of knownBlobs(place.db)) {
    checked.count++
    checked.bytes += blob.size
    // Looked at twice: the server may have deleted or restored it in between.
    const damage = (await damageOf(place, blob, digests)) && (await damageOf(place, blob, digests))
    if (!damage || !(await isKnown(place.db, blob.digest))) continue
    findings.push({ ...blob, kind: damage, usedBy: await findBlobUsers(place.db, blob.digest, USERS) })
  }
  return { findings, checked }
}

async function* knownBlobs(db: Kysely<Schema>): AsyncGenerator<KnownBlob> {
  for (let after: Digest = 'sha256:'; ; ) {
    const rows = await kept(db).where('digest', '>', after).orderBy('digest').limit(SLICE).execute()
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.digest
  }
}

async function isKnown(db: Kysely<Schema>, digest: Digest): Promise<boolean> {
  return (await kept(db).where('digest', '=', digest).executeTakeFirst()) !== undefined
}

function kept(db: Kysely<Schema>) {
  return db.selectFrom('blobs').select(['digest', 'size']).where('state', '!=', 'deleting')
}

async function damageOf({ blobs }: Place, blob: KnownBlob, digests: boolean): Promise<BlobDamage | null> {
  if (digests) return inspectBlob(blobs, blob)
  const size = await sizeOf(blobs, blob.digest)
  return size === blob.size ? null : size === undefined ? 'missing' : 'wrong-size'
}

async function findOrphans({ db, blobs }: Place, { isInUse, oldBefore }: Wanted): Promise<Finding[]> {
  const settledBefore = new Date(Date.now() - COMMITTING).toISOString()
  const isSettled = ({ committedAt }: StoredBlob) => !isInUse || committedAt < settledBefore
  const orphans: Finding[] = []
  for await (const page of blobs.list()) {
    for (const { digest, size, committedAt } of await withoutRow({ database: { read: db } }, page.filter(isSettled))) {
      // What the collector has deleted meanwhile is no orphan.
      if ((await sizeOf(blobs, digest)) === undefined) continue
      orphans.push({ kind: 'orphan', digest, size, isOld: committedAt < oldBefore })
    }
  }
  return orphans
}
