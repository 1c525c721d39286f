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

/** Length of a generated password, in characters of six bits. */
const GENERATED_LENGTH = 20

/** Password for an account, given or generated. */
export interface ChosenPassword {
  readonly password: string
  /** The generated password, to be shown once; null if one was given. */
  readonly generated: string | null
}

/** Returns the given password, or generates one. */
export function choosePassword(given: string | undefined): ChosenPassword {
  if (given !== undefined) return { password: given, generated: null }
  const generated = newSecret().slice(0, GENERATED_LENGTH)
  return { password: generated, generated }
}

/** Returns the row of a new, enabled account without preferences. `created_at` is ISO. */
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

/** Creates an account. Throws `account-exists` if an account has the same name, ignoring case. */
export async function createAccount(
  registry: Registry,
  call: Call,
  { name, role, password }: { readonly name: string; readonly role: AccountRole; readonly password: string },
): Promise<Account> {
  const row = newAccount({ name, role, password_hash: await hashPassword(password) }, registry.now())
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
 * Changes the given properties of an account. Disabling takes effect at once: sessions end, and all APIs reject the
 * account's credentials.
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
    const losesAdministration = role !== 'administrator' || disabled
    if (losesAdministration && isLocalAdministrator(before) && !(await hasOtherAdministrator(transaction, id))) {
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
      if (disabled) await revokeSessions(transaction, id)
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
    await revokeSessions(transaction, id)
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

/**
 * Ends the sessions of an account except the one whose token has the digest `keep`, and invalidates its cached
 * credentials and bearer tokens.
 */
export async function revokeSessions(transaction: Transaction<Schema>, id: string, keep = ''): Promise<void> {
  await transaction
    .updateTable('accounts')
    .set((eb) => ({ credential_revision: eb('credential_revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await transaction.deleteFrom('sessions').where('account_id', '=', id).where('token_digest', '!=', keep).execute()
}

/** Whether the account is an enabled administrator whose role does not come from the provider. */
function isLocalAdministrator({ role, role_source, disabled }: Account): boolean {
  return role === 'administrator' && role_source === 'given' && disabled === 0
}

async function accountOf(transaction: Transaction<Schema>, id: string): Promise<Account> {
  const row = await findAccount(transaction, id)
  if (!row) throw new RegistryError('account-missing', { account: id })
  return row
}
