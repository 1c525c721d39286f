import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { BlobState, ManifestRow, Schema } from '../../db/schema.ts'

/*
 * Queries for garbage. Each table is scanned in slices in the order of its key, because one statement over the whole
 * table would block the event loop.
 */

/** Times that separate garbage from content in its grace period, ISO. */
export interface Cutoffs {
  /** Content touched at or after this time is kept: it may belong to a push in progress. */
  readonly touched: string
  /** Content released by a deletion, and blobs last referenced, at or after this time are kept. */
  readonly released: string
}

/** Rows examined by one statement. */
const SLICE = 500

/** Garbage of one slice, and the key after which the next slice begins; null at the end. */
export interface Slice<T, Key> {
  readonly garbage: T[]
  readonly next: Key | null
}

/** The slice after a key, or the rows with these IDs. */
export type From = { readonly after: string } | { readonly ids: readonly string[] }

export type GarbageManifest = Pick<ManifestRow, 'id' | 'repository_id' | 'digest'> & { readonly instance_id: string }

/** Manifests without a tag, an index or a version that refers to them, and whose subject does not exist. */
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
        when exists (select 1 from former_manifests f where f.manifest_id = m.id) then 0
        when exists (select 1 from manifest_children c where c.child_id = m.id) then 0
        when exists (
          select 1 from manifests s where s.repository_id = m.repository_id
            and s.digest in (m.subject, (select a.digest from digest_aliases a where a.alias = m.subject))
        ) then 0
        else 1 end`.as('garbage'),
    )
    .where((eb) => ('ids' in from ? eb('m.id', 'in', padToPowerOfTwo(from.ids)) : eb('m.id', '>', from.after)))
    .orderBy('m.id')
    .limit(SLICE)
    .execute()
  return slice(rows, ({ id }) => id)
}

export interface GarbageLink {
  readonly repository_id: string
  readonly digest: Digest
}

/** Links of blobs to repositories in which no manifest uses them. */
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

/** Archives without a version, whose blob has been unused for the grace period. */
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

/** Empty repositories. */
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
    .where((eb) => ('ids' in from ? eb('r.id', 'in', padToPowerOfTwo(from.ids)) : eb('r.id', '>', from.after)))
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

/** Unreferenced blobs in any state. */
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

/** Condition that no row refers to the row of `blobs`. */
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
