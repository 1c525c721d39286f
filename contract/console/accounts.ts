import * as z from 'zod/mini'
import { pageNo, pageOf, pageSize } from '../ccr/paging.ts'
import { isAccountName } from '../domain/account-name.ts'
import { ACCOUNT_ROLES } from '../domain/roles.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Characters in a password at least. */
export const PASSWORD_LENGTH = 8

export const accountName = z.string().check(z.trim(), z.refine(isAccountName, 'account-name'))
export const newPassword = z
  .string()
  .check(z.minLength(PASSWORD_LENGTH, 'password-short'), z.maxLength(1024, 'at-most-1024'))

/** Somebody who can sign in, as administrators see them. */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ACCOUNT_ROLES),
  disabled: z.boolean(),
  /** By which ways they can sign in: a password of their own, the provider of this registry. */
  signsInBy: z.object({ password: z.boolean(), provider: z.boolean() }),
  created: z.string(),
  lastSignIn: z.nullable(z.string()),
})
export type Account = z.infer<typeof Account>

const accountsPath = '/console/accounts'
const path = `${accountsPath}/:accountId`
const params = z.object({ accountId: z.string() })

/** By name, best match first when something is looked for. */
export const listAccounts = endpoint({
  method: 'GET',
  path: accountsPath,
  needs: 'administer',
  params: nothing,
  query: z.object({ query: z.optional(z.string()), pageNo, pageSize }),
  body: 'none',
  response: z.object({ ...pageOf, items: z.array(Account) }),
})

/** A password that the registry has made up; it is told once, and nowhere kept. Null where one was given. */
const generatedPassword = z.nullable(z.string())

/** Without a password the registry makes one up. */
export const createAccount = endpoint({
  method: 'POST',
  path: accountsPath,
  needs: 'administer',
  params: nothing,
  query: nothing,
  body: z.object({ name: accountName, role: z.enum(ACCOUNT_ROLES), password: z.optional(newPassword) }),
  response: z.object({ account: Account, generatedPassword }),
})

/** Changes what is given. A disabled account's sessions end. 409 for the last one that can administer the registry. */
export const changeAccount = endpoint({
  method: 'PUT',
  path,
  needs: 'administer',
  params,
  query: nothing,
  body: z.object({ role: z.optional(z.enum(ACCOUNT_ROLES)), disabled: z.optional(z.boolean()) }),
  response: Account,
})

/**
 * Replaces the password, with a generated one unless one is given, and ends all sessions of the account. Its access
 * keys and instance passwords stay valid unless `revokeCredentials` is true: then the keys are disabled and the
 * passwords deleted.
 */
export const resetPassword = endpoint({
  method: 'PUT',
  path: `${path}/password`,
  needs: 'administer',
  params,
  query: nothing,
  body: z.object({ password: z.optional(newPassword), revokeCredentials: z.optional(z.boolean()) }),
  response: z.object({ generatedPassword }),
})
