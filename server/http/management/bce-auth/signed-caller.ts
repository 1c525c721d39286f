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
 * Who signed the request by bce-auth-v1, in its header or its query; null when nobody did. The body is not signed, so
 * it is not read. Throws what {@link parseAuthorization}, {@link checkValidity} and {@link verifyAccessKey} throw,
 * and `session-token-refused`: there is nobody here who gives such tokens out.
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

/** The request as the client sent it: a proxy may have put another host in. */
function asSigned(c: HttpContext): SignedRequest {
  const { method, url, headers: received } = c.req.raw
  const headers = new Headers(received)
  const { host } = c.get('client')
  if (host !== undefined) headers.set('host', host)
  return { method, url, headers }
}

/** Another scheme in the header is none of ours: a proxy in front of the console may want it. */
function authorizationOf(c: HttpContext): string | undefined {
  const header = c.req.header('authorization')?.trim()
  if (header !== undefined && /^bce-auth-/i.test(header)) return header
  const [first, second] = queryValues(c, 'authorization')
  if (second !== undefined) throw new RegistryError('authorization-malformed')
  return first
}

/** All values of a query key, which clients write in any case. */
function queryValues(c: HttpContext, name: string): string[] {
  return Object.entries(c.req.queries()).flatMap(([key, values]) => (key.toLowerCase() === name ? values : []))
}
