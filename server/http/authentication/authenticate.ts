import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { findSession } from '../../registry/sign-in/sessions.ts'
import type { Context } from '../context.ts'
import { type HttpContext, isFromConsole, isManagementApi } from '../http-env.ts'
import { signedCaller } from '../management/bce-auth/signed-caller.ts'
import { isUnsafe, requestOrigin } from './origin.ts'
import { readSessionCookie } from './session-cookie.ts'

/**
 * Finds who asks: at the management API by the signature, where there is one, which no page of another site can make;
 * else, and everywhere else, by the session cookie. Throws `origin-refused`, and what {@link signedCaller} throws.
 */
export async function authenticate(c: HttpContext, context: Context): Promise<Caller> {
  const signed = isManagementApi(c) ? await signedCaller(c, context) : null
  return signed ?? sessionCaller(c, context)
}

/**
 * A request that may change something is believed to come from the person whose cookie it carries only when it comes
 * from a page of ours, or from a program that says so.
 */
async function sessionCaller(c: HttpContext, context: Context): Promise<Caller> {
  const token = readSessionCookie(c)
  const session = token === undefined ? null : await findSession(context.registry, token)
  if (!session) return { kind: 'anonymous' }
  c.set('caller', session.caller)
  if (isUnsafe(c.req.method)) {
    const origin = requestOrigin(c, context.publicUrl)
    if (origin === 'foreign' || (origin === 'unknown' && !isFromConsole(c))) throw new RegistryError('origin-refused')
  }
  return session.caller
}
