import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { changeOwnPassword, choosePreferences, getOwnAccount } from '../../contract/console/own-account.ts'
import type { Preferences } from '../../contract/console/preferences.ts'
import { call } from './http.ts'

export const ownAccountQueries = {
  current: () => queryOptions({ queryKey: ['own-account'], queryFn: ({ signal }) => call(getOwnAccount, { signal }) }),
}

/** Changes the reader's password; their other sessions end. */
export function changePassword(body: z.input<typeof changeOwnPassword.body>): Promise<unknown> {
  return call(changeOwnPassword, { body })
}

/** Keeps with the account what was chosen in this browser. */
export function keepPreferences(body: z.input<typeof choosePreferences.body>): Promise<Preferences> {
  return call(choosePreferences, { body })
}
