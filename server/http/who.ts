import type { Context } from '../context.ts'
import type { Caller } from '../registry/call.ts'
import { RegistryError } from '../registry/errors.ts'
import { findSession } from '../registry/sessions.ts'
import { type HttpContext, isFromConsole } from './http-env.ts'
import { isUnsafe, requestOrigin } from './origin.ts'
import { readSessionCookie } from './session-cookie.ts'

/**
 * Finds who asks, by the session cookie. A request that may change something is believed to come from the person
 * whose cookie it carries only when it comes from a page of ours, or from a program that says so.
 * Throws `origin-refused`.
 */
export async function who(c: HttpContext, context: Context): Promise<Caller> {
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
