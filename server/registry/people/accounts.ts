import type { Transaction } from 'kysely'
import { foldName } from '../../../chart/fuzzy.ts'
import type { AccountRole } from '../../../contract/domain/roles.ts'
import type { Account, Schema } from '../../db/schema.ts'
import { recordEvent, recordEvents } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import { newId, newSecret } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findAccount, hasOtherAdministrator } from './account-queries.ts'
import { hashPassword } from './passwords.ts'

/** Characters of a password that the registry makes up: six bits each. */
const GENERATED_LENGTH = 20

/** A password that somebody is to be given: theirs, or one that is made up. */
export interface ChosenPassword {
  readonly password: string
  /** What to tell them once; null where it was given. */
  readonly generated: string | null
}

/** The password that was given, or one that is made up. */
export function choosePassword(given: string | undefined): ChosenPassword {
  if (given !== undefined) return { password: given, generated: null }
  const generated = newSecret().slice(0, GENERATED_LENGTH)
  return { password: generated, generated }
}

/** A new account's row: enabled, and without anything that its owner has chosen yet. */
export function newAccount(
  { name, role, password_hash }: Pick<Account, 'name' | 'role' | 'password_hash'>,
  created_at: string,
): Account {
  return {
    id: newId(),
    name,
    folded_name: foldName(name),
    password_hash,
    role,
    role_source: 'given',
    credential_revision: 1,
    disabled: 0,
    created_at,
    language: null,
    theme: null,
    page_size: null,
    density: null,
    sorts_json: null,
    oidc_subject: null,
    last_sign_in_at: null,
  }
}

/** Makes an account. Throws `account-exists` for a name that differs from another one's by case at most. */
export async function createAccount(
  registry: Registry,
  call: Call,
  wanted: { readonly name: string; readonly role: AccountRole; readonly password: string },
): Promise<Account> {
  const { name, role } = wanted
  const row = newAccount({ name, role, password_hash: await hashPassword(wanted.password) }, registry.now())
  await registry.database.write(async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('accounts')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) throw new RegistryError('account-exists', { account: name })
    await recordEvent(transaction, call, { action: 'account.create', subject: `${name}: ${role}` }, row.created_at)
  })
  return row
}

/**
 * Changes what is given and leaves the rest. Whoever is disabled is out at once, by every door.
 * Throws `account-missing`, `last-administrator`.
 */
export async function changeAccount(
  registry: Registry,
  call: Call,
  id: string,
  change: { readonly role?: AccountRole | undefined; readonly disabled?: boolean | undefined },
): Promise<Account> {
  const now = registry.now()
  return registry.database.write(async (transaction) => {
    const before = await accountOf(transaction, id)
    const { role = before.role, disabled = before.disabled === 1 } = change
    const isLost = role !== 'administrator' || disabled
    if (isLost && holdsTheRegistry(before) && !(await hasOtherAdministrator(transaction, id))) {
      throw new RegistryError('last-administrator', { account: before.name })
    }
    if (change.role !== undefined) {
      await transaction.updateTable('accounts').set({ role, role_source: 'given' }).where('id', '=', id).execute()
    }
    if (role !== before.role) {
      await recordEvent(transaction, call, { action: 'account.change', subject: `${before.name}: ${role}` }, now)
    }
    if (disabled !== (before.disabled === 1)) {
      await transaction
        .updateTable('accounts')
        .set({ disabled: disabled ? 1 : 0 })
        .where('id', '=', id)
        .execute()
      if (disabled) await endCredentials(transaction, id)
      const action = disabled ? 'account.disable' : 'account.enable'
      await recordEvent(transaction, call, { action, subject: before.name }, now)
    }
    return accountOf(transaction, id)
  })
}

/**
 * Sets a new password for the account and ends its sessions; with `revokeCredentials` also disables its access keys and
 * deletes its instance passwords, which otherwise stay valid. Throws `account-missing`.
 */
export async function resetPassword(
  registry: Registry,
  call: Call,
  id: string,
  password: string,
  { revokeCredentials }: { readonly revokeCredentials: boolean },
): Promise<void> {
  const password_hash = await hashPassword(password)
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const { name } = await accountOf(transaction, id)
    await transaction.updateTable('accounts').set({ password_hash }).where('id', '=', id).execute()
    await endCredentials(transaction, id)
    await recordEvent(transaction, call, { action: 'account.password', subject: name }, now)
    if (revokeCredentials) await revokeOtherCredentials(transaction, call, { id, name }, now)
  })
}

async function revokeOtherCredentials(
  transaction: Transaction<Schema>,
  call: Call,
  { id, name }: Pick<Account, 'id' | 'name'>,
  now: string,
): Promise<void> {
  const keys = await transaction
    .updateTable('access_keys')
    .set({ disabled: 1 })
    .where('account_id', '=', id)
    .where('disabled', '=', 0)
    .returning('id')
    .execute()
  const { numDeletedRows } = await transaction
    .deleteFrom('instance_passwords')
    .where('account_id', '=', id)
    .executeTakeFirst()
  await recordEvents(
    transaction,
    call,
    [
      ...keys.map((key) => ({ action: 'access-key.change' as const, subject: key.id })),
      ...(numDeletedRows > 0n ? [{ action: 'instance-password.revoke' as const, subject: name }] : []),
    ],
    now,
  )
}

/** Ends all sessions but the one of `keep`, and makes void what is remembered of passwords and given out as tokens. */
export async function endCredentials(transaction: Transaction<Schema>, id: string, keep = ''): Promise<void> {
  await transaction
    .updateTable('accounts')
    .set((eb) => ({ credential_revision: eb('credential_revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await transaction.deleteFrom('sessions').where('account_id', '=', id).where('token_digest', '!=', keep).execute()
}

/** Whether the account can administer the registry, whatever the provider says. */
function holdsTheRegistry({ role, role_source, disabled }: Account): boolean {
  return role === 'administrator' && role_source === 'given' && disabled === 0
}

async function accountOf(transaction: Transaction<Schema>, id: string): Promise<Account> {
  const row = await findAccount(transaction, id)
  if (!row) throw new RegistryError('account-missing', { account: id })
  return row
}
