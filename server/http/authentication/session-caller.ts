import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { findSession } from '../../registry/sign-in/sessions.ts'
import type { Context } from '../context.ts'
import { type HttpContext, isFromConsole } from '../http-env.ts'
import { isUnsafe, requestOrigin } from './origin.ts'
import { readSessionCookie } from './session-cookie.ts'

/**
 * Returns the caller whose session the cookie belongs to. An unsafe request must come from a page of this server or, if
 * it names no origin, have the console's header, which no page of another site can send. Throws `origin-refused`.
 */
export async function sessionCaller(c: HttpContext, context: Context): Promise<Caller> {
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
