import * as z from 'zod/mini'
import { GRANT_ROLES, GRANT_SOURCES } from '../domain/roles.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { Account, newPassword } from './accounts.ts'
import { Preferences, PreferencesChange } from './preferences.ts'

/** Who is signed in, by what, and what they may do where. */
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

export const getOwnAccount = endpoint({
  method: 'GET',
  path,
  needs: 'session',
  params: nothing,
  query: nothing,
  body: 'none',
  response: OwnAccount,
})

/** The other sessions of the account end, this one goes on. 409 for an account that has no password. */
export const changeOwnPassword = endpoint({
  method: 'PUT',
  path: `${path}/password`,
  needs: 'session',
  params: nothing,
  query: nothing,
  body: z.object({
    current: z.string().check(z.minLength(1, 'required'), z.maxLength(1024, 'at-most-1024')),
    password: newPassword,
  }),
  response: 'empty',
})

/** Keeps what is given and leaves the rest. */
export const choosePreferences = endpoint({
  method: 'PUT',
  path: `${path}/preferences`,
  needs: 'session',
  params: nothing,
  query: nothing,
  body: PreferencesChange,
  response: Preferences,
})
