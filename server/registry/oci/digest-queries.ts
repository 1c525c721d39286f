import type { Kysely, Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

type Alias = `sha512:${string}`

/** Returns the SHA-256 digest under which content is stored; undefined for an unknown SHA-512 digest. */
export async function resolveDigest(db: Kysely<Schema>, digest: Digest | Alias): Promise<Digest | undefined> {
  if (isCanonical(digest)) return digest
  const row = await db.selectFrom('digest_aliases').select('digest').where('alias', '=', digest).executeTakeFirst()
  return row?.digest
}

/** Resolves several digests. Returns a map from each given digest to its SHA-256, without unknown ones. */
export async function resolveDigests(
  db: Kysely<Schema>,
  digests: readonly (Digest | Alias)[],
): Promise<Map<string, Digest>> {
  const canonical = digests.filter(isCanonical)
  const aliases = digests.filter((digest) => !isCanonical(digest)) as Alias[] // there are no others
  const rows =
    aliases.length === 0
      ? []
      : await db.selectFrom('digest_aliases').selectAll().where('alias', 'in', padToPowerOfTwo(aliases)).execute()
  return new Map([
    ...canonical.map((digest) => [digest, digest] as const),
    ...rows.map((row) => [row.alias, row.digest] as const),
  ])
}

/** Returns all known digests of the same content, its SHA-256 first. */
export async function namesOfDigest(db: Kysely<Schema>, digest: Digest): Promise<(Digest | Alias)[]> {
  const rows = await db.selectFrom('digest_aliases').select('alias').where('digest', '=', digest).execute()
  return [digest, ...rows.map(({ alias }) => alias)]
}

/** Stores the SHA-512 of content as an alias of its SHA-256. */
export async function insertAlias(transaction: Transaction<Schema>, alias: Alias, digest: Digest): Promise<void> {
  await transaction
    .insertInto('digest_aliases')
    .values({ alias, digest })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function isCanonical(digest: Digest | Alias): digest is Digest {
  return digest.startsWith('sha256:')
}
