import type { Transaction } from 'kysely'
import type { Account, Schema } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call, KnownCaller } from '../core/call.ts'
import { newId, newPassword } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { hashPassword, hashSecret } from './passwords.ts'

/** Length of a temporary password, in characters. */
const LENGTH = 16
/** Limit of unexpired temporary passwords of one account for one instance. */
const MAX_TEMPORARY = 100

/**
 * Sets the caller's fixed password for the Helm APIs of the addressed instance. Revokes the previous one and the bearer
 * tokens issued for it. Throws `not-allowed` for a robot.
 */
export async function fixInstancePassword(registry: Registry, call: Call, password: string): Promise<void> {
  const account = callingAccount(call)
  const hash = await hashPassword(password, await hashForSalt(registry, account.id))
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    await transaction
      .deleteFrom('instance_passwords')
      .where('account_id', '=', account.id)
      .where('instance_id', '=', call.instance)
      .where('kind', '=', 'fixed')
      .execute()
    await insert(transaction, call, account, { kind: 'fixed', secret_hash: hash, created_at: now, expires_at: null })
    await recordEvent(transaction, call, { action: 'instance-password.fix', subject: account.name }, now)
  })
}

/**
 * Issues a temporary password for the Helm APIs of the addressed instance, valid for `hours` hours. A single one cannot
 * be revoked before. Returns the password. Throws `temporary-password-quota`, and `not-allowed` for a robot.
 */
export async function issueTemporaryPassword(registry: Registry, call: Call, hours: number): Promise<string> {
  const account = callingAccount(call)
  const password = newPassword(LENGTH)
  const now = registry.now()
  const expires_at = new Date(Date.parse(now) + hours * 3_600_000).toISOString()
  await registry.database.write(async (transaction) => {
    await transaction.deleteFrom('instance_passwords').where('expires_at', '<=', now).execute()
    const { count } = await transaction
      .selectFrom('instance_passwords')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account.id)
      .where('instance_id', '=', call.instance)
      .where('kind', '=', 'temporary')
      .executeTakeFirstOrThrow()
    if (count >= MAX_TEMPORARY) throw new RegistryError('temporary-password-quota', { limit: MAX_TEMPORARY })
    const row = { kind: 'temporary', secret_hash: hashSecret(password), created_at: now, expires_at } as const
    await insert(transaction, call, account, row)
    await recordEvent(transaction, call, { action: 'instance-password.issue', subject: account.name }, now)
  })
  return password
}

/** Returns the calling account. Throws `not-allowed` for other callers: robots have only their secret. */
export function callingAccount({ caller }: Call): Extract<KnownCaller, { kind: 'account' }> {
  if (caller.kind !== 'account') throw new RegistryError('not-allowed')
  return caller
}

async function insert(
  transaction: Transaction<Schema>,
  call: Call,
  { id: account_id }: Pick<Account, 'id'>,
  row: { kind: 'fixed' | 'temporary'; secret_hash: string; created_at: string; expires_at: string | null },
): Promise<void> {
  await transaction
    .insertInto('instance_passwords')
    .values({ id: newId(), account_id, instance_id: call.instance, ...row })
    .execute()
}

/**
 * Returns a stored hash of the account, of its password or of a fixed password, whose salt new hashes reuse: verifying
 * a password then costs one slow hash for all of them.
 */
async function hashForSalt(registry: Registry, accountId: string): Promise<string | undefined> {
  const { read } = registry.database
  const account = await read
    .selectFrom('accounts')
    .select('password_hash')
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (account?.password_hash.startsWith('scrypt$')) return account.password_hash
  const fixed = await read
    .selectFrom('instance_passwords')
    .select('secret_hash')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'fixed')
    .executeTakeFirst()
  return fixed?.secret_hash
}
