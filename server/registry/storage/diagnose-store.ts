import type { Kysely } from 'kysely'
import type { BlobDamage } from '../../../contract/domain/blob-damage.ts'
import type { BlobStore, Digest, StoredBlob } from '../../blobs/blob-store.ts'
import type { Schema } from '../../db/schema.ts'
import { findBlobUsers } from '../blobs/blob-users.ts'
import { inspectBlob, type KnownBlob, sizeOf } from '../blobs/stored-blobs.ts'
import { withoutRow } from '../garbage/sweep-orphans.ts'
import type { Amount } from './stored-amounts.ts'

/** Rows per query. */
const SLICE = 500
/** Limit of reported users of a damaged blob. */
const USERS = 5
/** Time after its commit in which a blob without a row may still get one, in milliseconds. */
const COMMITTING = 60_000

/** A blob on which database and store disagree. */
export type Finding =
  | { readonly kind: BlobDamage; readonly digest: Digest; readonly size: number; readonly usedBy: readonly string[] }
  | { readonly kind: 'orphan'; readonly digest: Digest; readonly size: number; readonly isOld: boolean }

export interface Diagnosis {
  readonly findings: readonly Finding[]
  /** Checked blobs of the database. */
  readonly checked: Amount
}

interface Stores {
  readonly db: Kysely<Schema>
  readonly blobs: BlobStore
}

interface DiagnosisOptions {
  /** Whether to verify the digests, which reads all blobs. */
  readonly digests: boolean
  /** Whether a server may be writing meanwhile. */
  readonly isInUse: boolean
  /** Orphans committed before this time (ISO) are reported as old. */
  readonly oldBefore: string
}

/** Compares the blobs of the database with those of the store, in both directions. Changes nothing. */
export async function diagnoseStore(stores: Stores, options: DiagnosisOptions): Promise<Diagnosis> {
  const { findings, checked } = await diagnoseRows(stores, options)
  return { findings: [...findings, ...(await findOrphans(stores, options))], checked }
}

async function diagnoseRows(stores: Stores, { digests }: DiagnosisOptions): Promise<Diagnosis> {
  const findings: Finding[] = []
  const checked = { count: 0, bytes: 0 }
  for await (const blob of knownBlobs(stores.db)) {
    checked.count++
    checked.bytes += blob.size
    // Checks twice, because a running server may delete or restore the blob meanwhile.
    const damage = (await damageOf(stores, blob, digests)) && (await damageOf(stores, blob, digests))
    if (!damage || !(await isKnown(stores.db, blob.digest))) continue
    findings.push({ ...blob, kind: damage, usedBy: await findBlobUsers(stores.db, blob.digest, USERS) })
  }
  return { findings, checked }
}

async function* knownBlobs(db: Kysely<Schema>): AsyncGenerator<KnownBlob> {
  for (let after: Digest = 'sha256:'; ; ) {
    const rows = await recordedBlobs(db).where('digest', '>', after).orderBy('digest').limit(SLICE).execute()
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.digest
  }
}

async function isKnown(db: Kysely<Schema>, digest: Digest): Promise<boolean> {
  return (await recordedBlobs(db).where('digest', '=', digest).executeTakeFirst()) !== undefined
}

function recordedBlobs(db: Kysely<Schema>) {
  return db.selectFrom('blobs').select(['digest', 'size']).where('state', '!=', 'deleting')
}

async function damageOf({ blobs }: Stores, blob: KnownBlob, digests: boolean): Promise<BlobDamage | null> {
  if (digests) return inspectBlob(blobs, blob)
  const size = await sizeOf(blobs, blob.digest)
  return size === blob.size ? null : size === undefined ? 'missing' : 'wrong-size'
}

async function findOrphans({ db, blobs }: Stores, { isInUse, oldBefore }: DiagnosisOptions): Promise<Finding[]> {
  const committedBefore = new Date(Date.now() - COMMITTING).toISOString()
  const mayBeOrphan = ({ committedAt }: StoredBlob) => !isInUse || committedAt < committedBefore
  const orphans: Finding[] = []
  for await (const page of blobs.list()) {
    for (const { digest, size, committedAt } of await withoutRow(
      { database: { read: db } },
      page.filter(mayBeOrphan),
    )) {
      // Skips blobs that were garbage collected meanwhile.
      if ((await sizeOf(blobs, digest)) === undefined) continue
      orphans.push({ kind: 'orphan', digest, size, isOld: committedAt < oldBefore })
    }
  }
  return orphans
}
