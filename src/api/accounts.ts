import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { type Account, accountEndpoints } from '../../contract/console/accounts.ts'
import { call } from './http.ts'

/** Query parameters of the account list. */
export type AccountListParams = z.output<typeof accountEndpoints.list.query>

export const accountQueries = {
  /** Key prefix of all account queries. */
  all: () => ['accounts'],
  list: (params: AccountListParams) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'list', params],
      queryFn: ({ signal }) => call(accountEndpoints.list, { query: params, signal }),
      placeholderData: keepPreviousData,
    }),
}

/** Creates an account. The response contains the generated password if none was given. */
export function makeAccount(body: z.input<typeof accountEndpoints.create.body>) {
  return call(accountEndpoints.create, { body })
}

/** Changes an account's role, or disables or enables it. */
export function updateAccount(accountId: string, body: z.input<typeof accountEndpoints.change.body>): Promise<Account> {
  return call(accountEndpoints.change, { params: { accountId }, body })
}

/** Sets a new password for an account; resolves to the generated one, or null when one was given. */
export async function resetAccountPassword(
  accountId: string,
  body: z.input<typeof accountEndpoints.resetPassword.body>,
): Promise<string | null> {
  return (await call(accountEndpoints.resetPassword, { params: { accountId }, body })).generatedPassword
}
