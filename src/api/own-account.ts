import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { changeOwnPassword, choosePreferences, getOwnAccount } from '../../contract/console/own-account.ts'
import type { Preferences } from '../../contract/console/preferences.ts'
import { call } from './http.ts'

export const ownAccountQueries = {
  current: () => queryOptions({ queryKey: ['own-account'], queryFn: ({ signal }) => call(getOwnAccount, { signal }) }),
}

/** Changes the signed-in user's password and ends their other sessions. */
export function changePassword(body: z.input<typeof changeOwnPassword.body>): Promise<unknown> {
  return call(changeOwnPassword, { body })
}

/** Saves preferences with the account, so that they apply in every browser. */
export function savePreferences(body: z.input<typeof choosePreferences.body>): Promise<Preferences> {
  return call(choosePreferences, { body })
}
