import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import {
  type Account,
  changeAccount,
  createAccount,
  listAccounts,
  resetPassword,
} from '../../contract/console/accounts.ts'
import { call } from './http.ts'

/** Query parameters of the account list. */
export type AccountListParams = z.output<typeof listAccounts.query>

export const accountQueries = {
  /** Key prefix of all account queries. */
  all: () => ['accounts'],
  list: (params: AccountListParams) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'list', params],
      queryFn: ({ signal }) => call(listAccounts, { query: params, signal }),
      placeholderData: keepPreviousData,
    }),
}

/** Creates an account. The response contains the generated password if none was given. */
export function makeAccount(body: z.input<typeof createAccount.body>) {
  return call(createAccount, { body })
}

/** Changes an account's role, or disables or enables it. */
export function updateAccount(accountId: string, body: z.input<typeof changeAccount.body>): Promise<Account> {
  return call(changeAccount, { params: { accountId }, body })
}

/** Sets a new password for an account; resolves to the generated one, or null when one was given. */
export async function resetAccountPassword(
  accountId: string,
  body: z.input<typeof resetPassword.body>,
): Promise<string | null> {
  return (await call(resetPassword, { params: { accountId }, body })).generatedPassword
}
