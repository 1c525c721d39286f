import type { Preferences } from '../../contract/console/session.ts'
import { findAccount } from '../db/accounts.ts'
import type { Account } from '../db/schema.ts'
import { recordDeed } from './audit.ts'
import type { Call } from './call.ts'
import { RegistryError } from './errors.ts'
import { endCredentials } from './manage-accounts.ts'
import { checkPassword, hashPassword, NO_PASSWORD } from './passwords.ts'
import type { Registry } from './registry.ts'
import { sessionDigest } from './sessions.ts'
import { attemptSucceeded, beginAttempt } from './sign-in-throttle.ts'

/** The caller's own account. Throws `not-allowed` for a caller that is none. */
export async function ownAccount(registry: Registry, { caller }: Call): Promise<Account> {
  const row = caller.kind === 'account' ? await findAccount(registry.database.read, caller.id) : undefined
  if (!row) throw new RegistryError('not-allowed')
  return row
}

/**
 * Changes the caller's password, when they know the one they have: guessing it over a session that was left open is
 * counted as failed sign-ins. Their other sessions end; the one of `token` goes on.
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
    await endCredentials(transaction, id, sessionDigest(token))
    await recordDeed(transaction, call, { action: 'account.password', subject: name }, registry.now())
  })
}

/** Keeps what the person chose in the console, and leaves what is not given. Of no concern to anybody else. */
export async function choosePreferences(
  registry: Registry,
  call: Call,
  { language, theme }: { readonly [Key in keyof Preferences]?: Preferences[Key] | undefined },
): Promise<Preferences> {
  const before = await ownAccount(registry, call)
  const chosen = {
    language: language === undefined ? before.language : language,
    theme: theme === undefined ? before.theme : theme,
  }
  await registry.database.write((transaction) =>
    transaction.updateTable('accounts').set(chosen).where('id', '=', before.id).execute(),
  )
  return chosen
}
