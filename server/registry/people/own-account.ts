import { NO_SORTS, type Preferences, type PreferencesChange } from '../../../contract/console/preferences.ts'
import type { Account } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { sessionDigest } from '../sign-in/sessions.ts'
import { attemptSucceeded, beginAttempt } from '../sign-in/sign-in-throttle.ts'
import { findAccount } from './account-queries.ts'
import { revokeSessions } from './accounts.ts'
import { checkPassword, hashPassword, NO_PASSWORD } from './passwords.ts'

/** Returns the caller's account. Throws `not-allowed` if the caller is not an account. */
export async function ownAccount(registry: Registry, { caller }: Call): Promise<Account> {
  const row = caller.kind === 'account' ? await findAccount(registry.database.read, caller.id) : undefined
  if (!row) throw new RegistryError('not-allowed')
  return row
}

/**
 * Changes the caller's password after verifying the current one, and ends their sessions except the one of `token`.
 * Wrong current passwords count as failed sign-ins, so that an abandoned session does not permit guessing.
 * Throws `no-password`, `current-password-wrong`, `sign-in-throttled`.
 */
export async function changeOwnPassword(
  registry: Registry,
  call: Call,
  { current, password, token }: { readonly current: string; readonly password: string; readonly token: string },
): Promise<void> {
  const { id, name, password_hash } = await ownAccount(registry, call)
  if (password_hash === NO_PASSWORD) throw new RegistryError('no-password')
  const attempt = { account: name, address: call.address }
  await beginAttempt(registry, attempt)
  if (!(await checkPassword(current, password_hash))) throw new RegistryError('current-password-wrong')
  const changed = await hashPassword(password)
  await registry.database.write(async (transaction) => {
    await attemptSucceeded(transaction, attempt)
    await transaction.updateTable('accounts').set({ password_hash: changed }).where('id', '=', id).execute()
    await revokeSessions(transaction, id, sessionDigest(token))
    await recordEvent(transaction, call, { action: 'account.password', subject: name }, registry.now())
  })
}

/** Returns the console preferences of an account. */
export function preferencesOf({ language, theme, page_size, density, sorts_json }: Account): Preferences {
  const sorts = sorts_json === null ? {} : JSON.parse(sorts_json)
  return { language, theme, pageSize: page_size, density, sorts: { ...NO_SORTS, ...sorts } }
}

/** Updates the given console preferences of the caller. Records no event: preferences affect only the caller. */
export async function choosePreferences(
  registry: Registry,
  call: Call,
  change: PreferencesChange,
): Promise<Preferences> {
  const { id } = await ownAccount(registry, call)
  return registry.database.write(async (transaction) => {
    const account = await findAccount(transaction, id)
    if (!account) throw new RegistryError('not-allowed')
    const before = preferencesOf(account)
    const { language, theme, pageSize, density } = { ...before, ...withoutUndefined(change) }
    const sorts = { ...before.sorts, ...withoutUndefined(change.sorts ?? {}) }
    const row = { language, theme, page_size: pageSize, density, sorts_json: JSON.stringify(sorts) }
    await transaction.updateTable('accounts').set(row).where('id', '=', id).execute()
    return { language, theme, pageSize, density, sorts }
  })
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function withoutUndefined<T extends object>(change: T): Defined<T> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Defined<T> // only entries without a value were removed
}
