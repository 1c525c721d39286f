import type { KnownCaller } from '../../../registry/core/call.ts'
import { RegistryError } from '../../../registry/core/registry-error.ts'
import { verifyAccessKey } from '../../../registry/sign-in/verify-access-key.ts'
import type { Context } from '../../context.ts'
import type { HttpContext } from '../../http-env.ts'
import { checkValidity, parseAuthorization } from './authorization.ts'
import type { SignedRequest } from './canonical-request.ts'
import { isSignedWith } from './signature.ts'

const SESSION_TOKEN = 'x-bce-security-token'

/**
 * Authenticates a request signed by bce-auth-v1 in its header or query; returns null without a signature. The scheme does
 * not sign the body. Throws the errors of {@link parseAuthorization}, {@link checkValidity} and {@link verifyAccessKey},
 * and `session-token-refused` for session tokens, which this registry does not issue.
 */
export async function signedCaller(c: HttpContext, { registry }: Context): Promise<KnownCaller | null> {
  const text = authorizationOf(c)
  if (text === undefined) return null
  const authorization = parseAuthorization(text)
  if (c.req.header(SESSION_TOKEN) || queryValues(c, SESSION_TOKEN).some((token) => token !== '')) {
    throw new RegistryError('session-token-refused')
  }
  checkValidity(authorization, registry.now())
  return verifyAccessKey(registry, authorization.accessKeyId, (secret) =>
    isSignedWith(secret, authorization, asSigned(c)),
  )
}

/** Returns the request as the client signed it: a proxy may have replaced the host. */
function asSigned(c: HttpContext): SignedRequest {
  const { method, url, headers: received } = c.req.raw
  const headers = new Headers(received)
  const { host } = c.get('client')
  if (host !== undefined) headers.set('host', host)
  return { method, url, headers }
}

/** Returns the authorization of a request. Ignores other schemes in the header, which may be meant for a proxy. */
function authorizationOf(c: HttpContext): string | undefined {
  const header = c.req.header('authorization')?.trim()
  if (header !== undefined && /^bce-auth-/i.test(header)) return header
  const [first, second] = queryValues(c, 'authorization')
  if (second !== undefined) throw new RegistryError('authorization-malformed')
  return first
}

/** Returns all values of a query key, in upper or lower case. */
function queryValues(c: HttpContext, name: string): string[] {
  return Object.entries(c.req.queries()).flatMap(([key, values]) => (key.toLowerCase() === name ? values : []))
}
