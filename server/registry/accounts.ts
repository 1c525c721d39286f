import type { Account } from '../db/schema.ts'
import { AT_START, recordDeed } from './audit.ts'
import { newId, newSecret } from './ids.ts'
import { checkPassword, hashPassword, NO_PASSWORD } from './passwords.ts'
import type { Registry } from './registry.ts'

/** Name of the account that the first start makes. */
export const ADMINISTRATOR = 'admin'

/**
 * Makes the administrator's account when there is none, with `password` or one that it makes up and answers with.
 * When the account is there and `password` is another one, it becomes its password and its sessions end.
 */
export async function ensureAdministrator(
  registry: Registry,
  password: string | undefined,
): Promise<{ created: boolean; password?: string }> {
  const account = await findAccount(registry, ADMINISTRATOR)
  if (account) {
    if (password !== undefined) await changePassword(registry, account, password)
    return { created: false }
  }
  const chosen = password ?? newSecret().slice(0, 20)
  const row = {
    id: newId(),
    name: ADMINISTRATOR,
    password_hash: await hashPassword(chosen),
    role: 'administrator',
    credential_revision: 1,
    disabled: 0,
    created_at: registry.now(),
    language: null,
    theme: null,
    oidc_subject: null,
    last_sign_in_at: null,
  } as const
  await registry.database.write(async (transaction) => {
    await transaction.insertInto('accounts').values(row).execute()
    await recordDeed(transaction, AT_START, { action: 'account.create', subject: row.name }, row.created_at)
  })
  return password === undefined ? { created: true, password: chosen } : { created: true }
}

async function changePassword(registry: Registry, account: Account, password: string): Promise<void> {
  if (await checkPassword(password, account.password_hash)) return
  const password_hash = await hashPassword(password)
  await registry.database.write(async (transaction) => {
    await transaction
      .updateTable('accounts')
      .set((eb) => ({ password_hash, credential_revision: eb('credential_revision', '+', 1) }))
      .where('id', '=', account.id)
      .execute()
    await transaction.deleteFrom('sessions').where('account_id', '=', account.id).execute()
    await recordDeed(transaction, AT_START, { action: 'account.password', subject: account.name }, registry.now())
  })
}

/** The account, when it is there, is not disabled and this is its password. Takes as long when it is not there. */
export async function verifyPassword(registry: Registry, name: string, password: string): Promise<Account | undefined> {
  const account = await findAccount(registry, name)
  const right = await checkPassword(password, account?.password_hash ?? NO_PASSWORD)
  return right && account?.disabled === 0 ? account : undefined
}

/** The account of that name, disabled or not. */
export async function findAccount(registry: Registry, name: string): Promise<Account | undefined> {
  return registry.database.read.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst()
}
