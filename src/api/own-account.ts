import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { ownAccountEndpoints } from '../../contract/console/own-account.ts'
import type { Preferences } from '../../contract/console/preferences.ts'
import { call } from './http.ts'

export const ownAccountQueries = {
  current: () =>
    queryOptions({ queryKey: ['own-account'], queryFn: ({ signal }) => call(ownAccountEndpoints.get, { signal }) }),
}

/** Changes the signed-in user's password and ends their other sessions. */
export function changePassword(body: z.input<typeof ownAccountEndpoints.changePassword.body>): Promise<unknown> {
  return call(ownAccountEndpoints.changePassword, { body })
}

/** Saves preferences with the account, so that they apply in every browser. */
export function savePreferences(
  body: z.input<typeof ownAccountEndpoints.choosePreferences.body>,
): Promise<Preferences> {
  return call(ownAccountEndpoints.choosePreferences, { body })
}
