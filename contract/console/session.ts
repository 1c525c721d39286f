import * as z from 'zod/mini'
import { ACCOUNT_ROLES, Grant } from '../domain/roles.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { Preferences } from './preferences.ts'

/** The signed-in account and its grants, from which the console derives what it offers. */
export const Session = z.object({
  account: z.object({
    name: z.string(),
    role: z.enum(ACCOUNT_ROLES),
    /** Available ways to sign in again. */
    signsInBy: z.object({ password: z.boolean(), provider: z.boolean() }),
  }),
  preferences: Preferences,
  grants: z.array(Grant),
  /** Time when the session expires if it is not used before. */
  expires: z.string(),
})
export type Session = z.infer<typeof Session>

const path = '/console/session'

export const sessionEndpoints = {
  /** Starts a session, sets its cookie and returns it. */
  signIn: endpoint({
    method: 'POST',
    path,
    needs: 'nothing',
    about: 'registry',
    action: 'sign-in',
    params: nothing,
    query: nothing,
    body: z.object({
      account: z.string().check(z.minLength(1, 'required'), z.maxLength(256, 'at-most-256')),
      password: z.string().check(z.minLength(1, 'required'), z.maxLength(1024, 'at-most-1024')),
    }),
    response: Session,
  }),

  get: endpoint({
    method: 'GET',
    path,
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: 'none',
    response: Session,
  }),

  /** Ends the session, if there is one, and clears its cookie. */
  signOut: endpoint({
    method: 'DELETE',
    path,
    needs: 'nothing',
    about: 'registry',
    action: 'sign-out',
    params: nothing,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
