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
import { type FoundRole, findPlaces, replaceProviderGrants } from './provider-grants.ts'
import { type Session, startSession } from './sessions.ts'

/** Somebody, as the provider says. */
export interface Identity {
  /** Issuer and subject, with a space between them: who it is, whatever they are called. */
  readonly subject: string
  /** What an account of theirs would be called; undefined where the provider gives nothing that would do. */
  readonly name: string | undefined
  readonly groups: readonly string[]
}

interface Claims {
  readonly access: AccessFromClaims
  readonly places: readonly FoundRole[]
  readonly now: string
}

/**
 * Starts a session of whom the provider has shown. Their account is the one that is linked to them, or a new one; it is
 * never found by its name, which at a provider people may choose. What the claims say of their roles replaces what they
 * said before. Throws `provider-account-missing`, `provider-account-disabled`, `provider-name-missing`,
 * `provider-name-taken`.
 */
export async function signInByProvider(
  registry: Registry,
  call: Call,
  identity: Identity,
  rules: readonly GrantRule[],
): Promise<{ token: string; session: Session }> {
  const claims = await claimsOf(registry, identity, rules)
  const account = await registry.database.write(async (transaction) => {
    const there = await linkedTo(transaction, identity)
    if (there?.disabled === 1) throw new RegistryError('provider-account-disabled', { account: there.name })
    return applyClaims(transaction, call, there ?? (await makeAccount(transaction, call, identity, claims)), claims)
  })
  return startSession(registry, call, account, { kind: 'oidc' })
}

/**
 * Lets the account of the caller sign in by the provider from now on, as the one whom it has shown. Throws
 * `not-allowed` for a caller that is no account, `provider-linked-elsewhere`.
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
    const there = await linkedTo(transaction, identity)
    if (there && there.id !== caller.id) throw new RegistryError('provider-linked-elsewhere', { account: there.name })
    const account = await accountOf(transaction, caller.id)
    if (!there) {
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
  return { access, places: await findPlaces(registry.database.read, access.roles), now: registry.now() }
}

function linkedTo(transaction: Transaction<Schema>, { subject }: Identity): Promise<Account | undefined> {
  return transaction.selectFrom('accounts').selectAll().where('oidc_subject', '=', subject).executeTakeFirst()
}

async function makeAccount(
  transaction: Transaction<Schema>,
  call: Call,
  { subject, name }: Identity,
  { access, now }: Claims,
): Promise<Account> {
  if (!access.isExpected) throw new RegistryError('provider-account-missing')
  if (name === undefined) throw new RegistryError('provider-name-missing')
  const row = { ...newAccount({ name, role: 'member', password_hash: NO_PASSWORD }, now), oidc_subject: subject }
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw new RegistryError('provider-name-taken', { account: name })
  await recordEvent(transaction, byThemselves(call, row), { action: 'account.create', subject: `${name}: member` }, now)
  return row
}

/** Gives the account what the claims say, takes what they say no more, and answers with it as it is then. */
async function applyClaims(
  transaction: Transaction<Schema>,
  call: Call,
  account: Account,
  { access, places, now }: Claims,
): Promise<Account> {
  const by = byThemselves(call, account)
  const change = roleBy(access, account)
  if (change) {
    await transaction.updateTable('accounts').set(change).where('id', '=', account.id).execute()
    const subject = `${account.name}: ${change.role}`
    await recordEvent(transaction, by, { action: 'account.change', subject }, now)
  }
  const mayLess = await replaceProviderGrants(transaction, by, account, places, now)
  if (mayLess || change?.role === 'member') {
    // What was given out while they might more, such as Bearer tokens, is void.
    await transaction
      .updateTable('accounts')
      .set((eb) => ({ credential_revision: eb('credential_revision', '+', 1) }))
      .where('id', '=', account.id)
      .execute()
  }
  return accountOf(transaction, account.id)
}

/** The provider makes administrators, and unmakes those that it has made; null where nothing changes. */
function roleBy({ isAdministrator }: AccessFromClaims, { role, role_source }: Account) {
  if (isAdministrator)
    return role === 'administrator' ? null : ({ role: 'administrator', role_source: 'oidc' } as const)
  return role_source === 'oidc' ? ({ role: 'member', role_source: 'given' } as const) : null
}

function byThemselves(call: Call, { id, name, role, credential_revision: revision }: Account): Call {
  return { ...call, caller: { kind: 'account', id, name, role, grants: [], revision, credential: { kind: 'oidc' } } }
}

async function accountOf(transaction: Transaction<Schema>, id: string): Promise<Account> {
  const row = await findAccount(transaction, id)
  if (!row) throw new RegistryError('not-allowed')
  return row
}
