import type { Transaction } from 'kysely'
import type { Account, Schema } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findAccount } from '../people/account-queries.ts'
import { newAccount } from '../people/accounts.ts'
import { NO_PASSWORD } from '../people/passwords.ts'
import { type AccessFromClaims, accessFromClaims, type GrantRule } from './claimed-access.ts'
import { type ResolvedRole, replaceProviderGrants, resolveRoles } from './provider-grants.ts'
import { type Session, startSession } from './sessions.ts'

/** A user of the identity provider. */
export interface Identity {
  /** Issuer and subject, separated by a space: identifies the user, even if their name changes. */
  readonly subject: string
  /** Name for a new account; undefined if the provider sends no valid name. */
  readonly name: string | undefined
  readonly groups: readonly string[]
}

interface Claims {
  readonly access: AccessFromClaims
  readonly places: readonly ResolvedRole[]
  readonly now: string
}

/**
 * Starts a session for a user that the provider authenticated, in the account linked to the user, or in a new one.
 * Accounts are never found by name, because users may choose their names at the provider. The roles from the claims
 * replace those of the last sign-in. Throws `provider-account-missing`, `provider-account-disabled`,
 * `provider-name-missing`, `provider-name-taken`.
 */
export async function signInByProvider(
  registry: Registry,
  call: Call,
  identity: Identity,
  rules: readonly GrantRule[],
): Promise<{ token: string; session: Session }> {
  const claims = await claimsOf(registry, identity, rules)
  const account = await registry.database.write(async (transaction) => {
    const linked = await findLinkedAccount(transaction, identity)
    if (linked?.disabled === 1) throw new RegistryError('provider-account-disabled', { account: linked.name })
    return applyClaims(transaction, call, linked ?? (await makeAccount(transaction, call, identity, claims)), claims)
  })
  return startSession(registry, call, account, { kind: 'oidc' })
}

/**
 * Links the caller's account to the user that the provider authenticated, so that the user signs in to it. Throws
 * `not-allowed` if the caller is not an account, `provider-linked-elsewhere`.
 */
export async function linkToProvider(
  registry: Registry,
  call: Call,
  identity: Identity,
  rules: readonly GrantRule[],
): Promise<void> {
  const { caller } = call
  if (caller.kind !== 'account') throw new RegistryError('not-allowed')
  const claims = await claimsOf(registry, identity, rules)
  await registry.database.write(async (transaction) => {
    const linked = await findLinkedAccount(transaction, identity)
    if (linked && linked.id !== caller.id)
      throw new RegistryError('provider-linked-elsewhere', { account: linked.name })
    const account = await accountOf(transaction, caller.id)
    if (!linked) {
      await transaction
        .updateTable('accounts')
        .set({ oidc_subject: identity.subject })
        .where('id', '=', account.id)
        .execute()
      await recordEvent(transaction, call, { action: 'account.link', subject: account.name }, claims.now)
    }
    await applyClaims(transaction, call, account, claims)
  })
}

async function claimsOf(registry: Registry, identity: Identity, rules: readonly GrantRule[]): Promise<Claims> {
  const access = accessFromClaims(rules, identity.groups)
  return { access, places: await resolveRoles(registry.database.read, access.roles), now: registry.now() }
}

function findLinkedAccount(transaction: Transaction<Schema>, { subject }: Identity): Promise<Account | undefined> {
  return transaction.selectFrom('accounts').selectAll().where('oidc_subject', '=', subject).executeTakeFirst()
}

async function makeAccount(
  transaction: Transaction<Schema>,
  call: Call,
  { subject, name }: Identity,
  { access, now }: Claims,
): Promise<Account> {
  if (!access.isAdmitted) throw new RegistryError('provider-account-missing')
  if (name === undefined) throw new RegistryError('provider-name-missing')
  const row = { ...newAccount({ name, role: 'member', password_hash: NO_PASSWORD }, now), oidc_subject: subject }
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw new RegistryError('provider-name-taken', { account: name })
  await recordEvent(transaction, asAccount(call, row), { action: 'account.create', subject: `${name}: member` }, now)
  return row
}

/** Applies the role and grants from the claims, removes earlier ones, and returns the changed account. */
async function applyClaims(
  transaction: Transaction<Schema>,
  call: Call,
  account: Account,
  { access, places, now }: Claims,
): Promise<Account> {
  const ownCall = asAccount(call, account)
  const change = roleChange(access, account)
  if (change) {
    await transaction.updateTable('accounts').set(change).where('id', '=', account.id).execute()
    const subject = `${account.name}: ${change.role}`
    await recordEvent(transaction, ownCall, { action: 'account.change', subject }, now)
  }
  const isReduced = await replaceProviderGrants(transaction, ownCall, account, places, now)
  if (isReduced || change?.role === 'member') {
    // Invalidates bearer tokens that were issued with more access.
    await transaction
      .updateTable('accounts')
      .set((eb) => ({ credential_revision: eb('credential_revision', '+', 1) }))
      .where('id', '=', account.id)
      .execute()
  }
  return accountOf(transaction, account.id)
}

/** Role change from the claims; null for none. The provider demotes only administrators that it promoted. */
function roleChange({ isAdministrator }: AccessFromClaims, { role, role_source }: Account) {
  if (isAdministrator)
    return role === 'administrator' ? null : ({ role: 'administrator', role_source: 'oidc' } as const)
  return role_source === 'oidc' ? ({ role: 'member', role_source: 'given' } as const) : null
}

/** The call with the account as its caller: events record the user as the actor. */
function asAccount(call: Call, { id, name, role, credential_revision: revision }: Account): Call {
  return { ...call, caller: { kind: 'account', id, name, role, grants: [], revision, credential: { kind: 'oidc' } } }
}

async function accountOf(transaction: Transaction<Schema>, id: string): Promise<Account> {
  const row = await findAccount(transaction, id)
  if (!row) throw new RegistryError('not-allowed')
  return row
}
