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

/** What the list of accounts can be asked for. */
export type AccountListParams = z.output<typeof listAccounts.query>

export const accountQueries = {
  /** Prefix of everything about accounts. */
  all: () => ['accounts'],
  list: (params: AccountListParams) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'list', params],
      queryFn: ({ signal }) => call(listAccounts, { query: params, signal }),
      placeholderData: keepPreviousData,
    }),
}

/** Makes an account; with the password that the registry has made up, unless one was given. */
export function makeAccount(body: z.input<typeof createAccount.body>) {
  return call(createAccount, { body })
}

/** Changes the role of an account, or lets it in or not. */
export function updateAccount(accountId: string, body: z.input<typeof changeAccount.body>): Promise<Account> {
  return call(changeAccount, { params: { accountId }, body })
}

/** Sets a new password for an account; resolves to the generated one, or null when one was given. */
export async function giveNewPassword(
  accountId: string,
  body: z.input<typeof resetPassword.body>,
): Promise<string | null> {
  return (await call(resetPassword, { params: { accountId }, body })).generatedPassword
}
