import * as z from 'zod/mini'
import { brokenFixedPasswordRules } from '../domain/fixed-password.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/**
 * Maximum lifetime of a temporary password in hours. The service documents none; its older SDK has this one. A password
 * that cannot be revoked must expire soon.
 */
export const TEMPORARY_PASSWORD_HOURS = 24

const params = z.object({ instanceId: z.string() })
const hours = z
  .number('temporary-hours')
  .check(
    z.refine((value) => Number.isInteger(value) && value >= 1 && value <= TEMPORARY_PASSWORD_HOURS, 'temporary-hours'),
  )

export const credentialEndpoints = {
  /**
   * Sets or replaces the caller's fixed password for the Helm APIs of the instance. The refusal of an invalid password
   * lists the rules.
   */
  fixPassword: endpoint({
    method: 'PUT',
    path: '/v1/instances/:instanceId/credential',
    needs: 'read',
    about: 'instance',
    action: 'instance-password.fix',
    params,
    query: nothing,
    body: z.object({
      password: z.string().check(z.refine((text) => brokenFixedPasswordRules(text).length === 0, 'fixed-password')),
    }),
    response: 'empty',
  }),

  /** Issues a temporary password for the Helm APIs of the instance; it expires after `duration` hours, not earlier. */
  issuePassword: endpoint({
    method: 'POST',
    path: '/v1/instances/:instanceId/credential',
    needs: 'read',
    about: 'instance',
    action: 'instance-password.issue',
    params,
    query: nothing,
    body: z.object({ duration: hours }),
    response: z.object({ password: z.string() }),
  }),

  /**
   * Returns the login name of an account for the Helm APIs, given its ID or name: the caller's own, or any for
   * administrators of the registry.
   */
  getProfile: endpoint({
    method: 'GET',
    path: '/v1/users/profile',
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: z.object({ userId: z.string().check(z.minLength(1, 'required')) }),
    body: 'none',
    response: z.object({ name: z.string() }),
  }),
}
