import type { Kysely } from 'kysely'
import type { AccessKeyRow, Schema } from '../../db/schema.ts'

/** The access keys of an account, oldest first. */
export async function listAccessKeys(db: Kysely<Schema>, accountId: string): Promise<AccessKeyRow[]> {
  return db
    .selectFrom('access_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Returns an access key of an account; undefined if the account has no key with this ID. */
export async function findAccessKey(
  db: Kysely<Schema>,
  accountId: string,
  id: string,
): Promise<AccessKeyRow | undefined> {
  return db
    .selectFrom('access_keys')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}
