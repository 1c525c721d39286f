import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import type { BlobState, ManifestRow, Schema } from '../../db/schema.ts'

/*
 * What nobody needs. Each table is looked through a slice at a time in the order of its key: one statement that looks
 * at all of it would keep everybody else waiting.
 */

/** Times that separate garbage from what is kept, ISO. */
export interface Cutoffs {
  /** What was touched from then on may be about to be used: part of a push that is under way. */
  readonly touched: string
  /** What a deletion released from then on is kept, and bytes that nothing refers to and that were needed until then. */
  readonly released: string
}

/** Rows that one statement looks at. */
const SLICE = 500

/** One slice: what in it is garbage, and where to go on; null at the end. */
export interface Slice<T, Key> {
  readonly garbage: T[]
  readonly next: Key | null
}

/** A slice after a key, or the row of one. */
export type From = { readonly after: string } | { readonly id: string }

export type GarbageManifest = Pick<ManifestRow, 'id' | 'repository_id' | 'digest'> & { readonly instance_id: string }

/** Manifests, a slice or one of them, that no tag, no index and no version needs, and that are not about one that is there. */
export async function findGarbageManifests(
  db: Kysely<Schema>,
  { touched, released }: Cutoffs,
  from: From,
): Promise<Slice<GarbageManifest, string>> {
  const rows = await db
    .selectFrom('manifests as m')
    .innerJoin('repositories as r', 'r.id', 'm.repository_id')
    .select(['m.id', 'm.repository_id', 'm.digest', 'r.instance_id'])
    .select(
      sql<number>`case when m.touched_at >= ${touched} and (m.released_at is null or m.released_at >= ${released}) then 0
        when exists (select 1 from tags t where t.manifest_id = m.id) then 0
        when exists (select 1 from versions v where v.manifest_id = m.id) then 0
        when exists (select 1 from manifest_children c where c.child_id = m.id) then 0
        when exists (
          select 1 from manifests s where s.repository_id = m.repository_id
            and s.digest in (m.subject, (select a.digest from digest_aliases a where a.alias = m.subject))
        ) then 0
        else 1 end`.as('garbage'),
    )
    .where('m.id', 'id' in from ? '=' : '>', 'id' in from ? from.id : from.after)
    .orderBy('m.id')
    .limit(SLICE)
    .execute()
  return slice(rows, ({ id }) => id)
}

export interface GarbageLink {
  readonly repository_id: string
  readonly digest: Digest
}

/** Links of blobs to repositories where no manifest needs them. */
export async function findGarbageLinks(
  db: Kysely<Schema>,
  { touched, released }: Cutoffs,
  after: GarbageLink | null,
): Promise<Slice<GarbageLink, GarbageLink>> {
  let links = db
    .selectFrom('repository_blobs as l')
    .select(['l.repository_id', 'l.digest'])
    .select(
      sql<number>`case when l.touched_at >= ${touched} and (l.released_at is null or l.released_at >= ${released}) then 0
        when exists (
          select 1 from manifest_blobs b join manifests m on m.id = b.manifest_id
          where b.digest = l.digest and m.repository_id = l.repository_id
        ) then 0
        else 1 end`.as('garbage'),
    )
  if (after) {
    const { repository_id, digest } = after
    links = links.where((eb) => eb(eb.refTuple('l.repository_id', 'l.digest'), '>', eb.tuple(repository_id, digest)))
  }
  const rows = await links.orderBy('l.repository_id').orderBy('l.digest').limit(SLICE).execute()
  return slice(rows, (row) => row)
}

/** Archives that no version points at, and whose bytes nobody has needed for the time of grace. */
export async function findGarbageArchives(
  db: Kysely<Schema>,
  { released }: Cutoffs,
  after: string,
): Promise<Slice<{ readonly id: string }, string>> {
  const rows = await db
    .selectFrom('archives as a')
    .select('a.id')
    .select(
      sql<number>`case when exists (select 1 from versions v where v.archive_id = a.id) then 0
        when exists (select 1 from blobs b where b.digest = a.digest and b.touched_at >= ${released}) then 0
        else 1 end`.as('garbage'),
    )
    .where('a.id', '>', after)
    .orderBy('a.id')
    .limit(SLICE)
    .execute()
  return slice(rows, ({ id }) => id)
}

/** Repositories, a slice or one of them, that hold nothing. */
export async function findGarbageRepositories(
  db: Kysely<Schema>,
  { touched }: Cutoffs,
  from: From,
): Promise<Slice<{ readonly id: string }, string>> {
  const rows = await db
    .selectFrom('repositories as r')
    .select('r.id')
    .select(
      sql<number>`case when r.updated_at >= ${touched} then 0
        when exists (select 1 from repository_blobs l where l.repository_id = r.id) then 0
        when exists (select 1 from manifests m where m.repository_id = r.id) then 0
        else 1 end`.as('garbage'),
    )
    .where('r.id', 'id' in from ? '=' : '>', 'id' in from ? from.id : from.after)
    .orderBy('r.id')
    .limit(SLICE)
    .execute()
  return slice(rows, ({ id }) => id)
}

export interface GarbageBlob {
  readonly digest: Digest
  readonly size: number
  readonly state: BlobState
}

/** Blobs that nothing refers to, whatever their state. */
export async function findGarbageBlobs(
  db: Kysely<Schema>,
  { released }: Cutoffs,
  after: string,
): Promise<Slice<GarbageBlob, string>> {
  const rows = await db
    .selectFrom('blobs')
    .select(['digest', 'size', 'state'])
    .select(sql<number>`case when touched_at < ${released} and ${isUnreferenced} then 1 else 0 end`.as('garbage'))
    .where('digest', '>', after as Digest) // any text may be compared with
    .orderBy('digest')
    .limit(SLICE)
    .execute()
  return slice(rows, ({ digest }) => digest)
}

/** Whether nothing refers to a row of `blobs`. */
export const isUnreferenced = sql<boolean>`(
  not exists (select 1 from archives a where a.digest = blobs.digest)
  and not exists (select 1 from archives a where a.provenance_digest = blobs.digest)
  and not exists (select 1 from repository_blobs l where l.digest = blobs.digest)
  and not exists (select 1 from manifest_blobs m where m.digest = blobs.digest)
  and not exists (select 1 from used_blobs u where u.digest = blobs.digest)
)`

function slice<T extends { readonly garbage: number }, Key>(rows: T[], keyOf: (row: T) => Key): Slice<T, Key> {
  const last = rows.length === SLICE ? rows.at(-1) : undefined
  return { garbage: rows.filter(({ garbage }) => garbage === 1), next: last ? keyOf(last) : null }
}
