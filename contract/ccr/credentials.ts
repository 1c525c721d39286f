import * as z from 'zod/mini'
import { brokenFixedPasswordRules } from '../domain/fixed-password.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/**
 * Hours that a temporary password is good for at most. The service documents no bound, its older SDK has this one:
 * what cannot be taken back must end soon.
 */
export const TEMPORARY_PASSWORD_HOURS = 24

const params = z.object({ instanceId: z.string() })
const hours = z
  .number('temporary-hours')
  .check(
    z.refine((value) => Number.isInteger(value) && value >= 1 && value <= TEMPORARY_PASSWORD_HOURS, 'temporary-hours'),
  )

/**
 * Sets the caller's fixed password at the Helm doors of the instance, in place of the one before. What cannot be one
 * is refused by a sentence that says the rules.
 */
export const fixPassword = endpoint({
  method: 'PUT',
  path: '/v1/instances/:instanceId/credential',
  needs: 'read',
  action: 'instance-password.fix',
  params,
  query: nothing,
  body: z.object({
    password: z.string().check(z.refine((text) => brokenFixedPasswordRules(text).length === 0, 'fixed-password')),
  }),
  response: 'empty',
})

/** Gives the caller a password for the Helm doors of the instance that ends after `duration` hours, and not before. */
export const issuePassword = endpoint({
  method: 'POST',
  path: '/v1/instances/:instanceId/credential',
  needs: 'read',
  action: 'instance-password.issue',
  params,
  query: nothing,
  body: z.object({ duration: hours }),
  response: z.object({ password: z.string() }),
})

/**
 * The name that somebody logs in with at the Helm doors: one's own, by one's ID or name. Administrators of the registry
 * may ask for that of others.
 */
export const getUserProfile = endpoint({
  method: 'GET',
  path: '/v1/users/profile',
  needs: 'session',
  params: nothing,
  query: z.object({ userId: z.string().check(z.minLength(1, 'required')) }),
  body: 'none',
  response: z.object({ name: z.string() }),
})
