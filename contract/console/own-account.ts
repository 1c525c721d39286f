import * as z from 'zod/mini'
import { GRANT_ROLES, GRANT_SOURCES } from '../domain/roles.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { Account, newPassword } from './accounts.ts'
import { Preferences, PreferencesChange } from './preferences.ts'

/** The caller's account with its ways to sign in and its grants. */
export const OwnAccount = z.extend(z.omit(Account, { disabled: true, id: true }), {
  grants: z.array(
    z.object({
      instanceId: z.string(),
      instanceName: z.string(),
      namespace: z.nullable(z.string()),
      role: z.enum(GRANT_ROLES),
      source: z.enum(GRANT_SOURCES),
    }),
  ),
})
export type OwnAccount = z.infer<typeof OwnAccount>

const path = '/console/account'

export const ownAccountEndpoints = {
  get: endpoint({
    method: 'GET',
    path,
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: 'none',
    response: OwnAccount,
  }),

  /** Changes the password and ends the other sessions of the account. 409 for an account without a password. */
  changePassword: endpoint({
    method: 'PUT',
    path: `${path}/password`,
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: z.object({
      current: z.string().check(z.minLength(1, 'required'), z.maxLength(1024, 'at-most-1024')),
      password: newPassword,
    }),
    response: 'empty',
  }),

  /** Saves the given preferences. */
  choosePreferences: endpoint({
    method: 'PUT',
    path: `${path}/preferences`,
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: PreferencesChange,
    response: Preferences,
  }),
}
