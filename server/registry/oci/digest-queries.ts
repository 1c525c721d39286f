import type { Kysely, Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

type Alias = `sha512:${string}`

/** The digest by which the bytes are kept; undefined for a SHA-512 that nobody has met. */
export async function resolveDigest(db: Kysely<Schema>, digest: Digest | Alias): Promise<Digest | undefined> {
  if (isKept(digest)) return digest
  const row = await db.selectFrom('digest_aliases').select('digest').where('alias', '=', digest).executeTakeFirst()
  return row?.digest
}

/** The same for many, by the digest that was given; without those that are unknown. */
export async function resolveDigests(
  db: Kysely<Schema>,
  digests: readonly (Digest | Alias)[],
): Promise<Map<string, Digest>> {
  const kept = digests.filter(isKept)
  const aliases = digests.filter((digest) => !isKept(digest)) as Alias[] // there are no others
  const rows =
    aliases.length === 0
      ? []
      : await db.selectFrom('digest_aliases').selectAll().where('alias', 'in', padToPowerOfTwo(aliases)).execute()
  return new Map([
    ...kept.map((digest) => [digest, digest] as const),
    ...rows.map((row) => [row.alias, row.digest] as const),
  ])
}

/** All names of the same bytes: the digest by which they are kept, first, and others that are known. */
export async function namesOfDigest(db: Kysely<Schema>, digest: Digest): Promise<(Digest | Alias)[]> {
  const rows = await db.selectFrom('digest_aliases').select('alias').where('digest', '=', digest).execute()
  return [digest, ...rows.map(({ alias }) => alias)]
}

/** Remembers that these bytes have this SHA-512 too. */
export async function insertAlias(transaction: Transaction<Schema>, alias: Alias, digest: Digest): Promise<void> {
  await transaction
    .insertInto('digest_aliases')
    .values({ alias, digest })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function isKept(digest: Digest | Alias): digest is Digest {
  return digest.startsWith('sha256:')
}
