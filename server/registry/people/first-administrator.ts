import type { Account } from '../../db/schema.ts'
import { recordEvent, STARTUP } from '../audit/record-event.ts'
import type { Registry } from '../core/registry.ts'
import { findAccountByName } from './account-queries.ts'
import { choosePassword, newAccount, revokeSessions } from './accounts.ts'
import { checkPassword, hashPassword, NO_PASSWORD } from './passwords.ts'

/** Name of the account that the first start creates. */
export const ADMINISTRATOR = 'admin'

/**
 * Creates the administrator's account if it does not exist, with `password` or a generated one, which it gives to
 * `keep` before the account exists: a crash then loses no password. If the account exists and has another password than
 * the one given, that becomes its password, and its sessions end. Returns whether anyone has signed in with it.
 */
export async function ensureAdministrator(
  registry: Registry,
  password: string | undefined,
  keep: (generated: string) => Promise<void>,
): Promise<{ used: boolean }> {
  const account = await findAccountByName(registry.database.read, ADMINISTRATOR)
  if (account) {
    if (password !== undefined) await changePassword(registry, account, password)
    return { used: account.last_sign_in_at !== null }
  }
  const { password: chosen, generated } = choosePassword(password)
  if (generated !== null) await keep(generated)
  const row = newAccount(
    { name: ADMINISTRATOR, role: 'administrator', password_hash: await hashPassword(chosen) },
    registry.now(),
  )
  await registry.database.write(async (transaction) => {
    await transaction.insertInto('accounts').values(row).execute()
    await recordEvent(transaction, STARTUP, { action: 'account.create', subject: row.name }, row.created_at)
  })
  return { used: false }
}

async function changePassword(registry: Registry, account: Account, password: string): Promise<void> {
  if (await checkPassword(password, account.password_hash)) return
  const password_hash = await hashPassword(password)
  await registry.database.write(async (transaction) => {
    await transaction.updateTable('accounts').set({ password_hash }).where('id', '=', account.id).execute()
    await revokeSessions(transaction, account.id)
    await recordEvent(transaction, STARTUP, { action: 'account.password', subject: account.name }, registry.now())
  })
}

/**
 * Returns the account with this name if it is enabled and the password is correct. Takes the same time for unknown
 * names, so that timing does not reveal which accounts exist.
 */
export async function verifyPassword(registry: Registry, name: string, password: string): Promise<Account | undefined> {
  const account = await findAccountByName(registry.database.read, name)
  const isCorrect = await checkPassword(password, account?.password_hash ?? NO_PASSWORD)
  return isCorrect && account?.disabled === 0 ? account : undefined
}
