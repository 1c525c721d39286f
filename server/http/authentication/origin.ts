import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpContext } from '../http-env.ts'

/** Returns the origin of a request as far as a browser tells: a page of this server, of another site, or unknown. */
export function requestOrigin(c: HttpContext, publicUrl: string): 'own' | 'foreign' | 'unknown' {
  const site = c.req.header('sec-fetch-site')
  if (site === 'same-origin') return 'own'
  const origin = c.req.header('origin')
  if (origin === undefined) return site === undefined ? 'unknown' : 'foreign'
  if (origin === publicUrl) return 'own'
  const { host } = c.get('client')
  // A proxy may have ended TLS, so for hosts other than that of the public URL the scheme is not compared.
  const isOwn = host !== undefined && host !== URL.parse(publicUrl)?.host && URL.parse(origin)?.host === host
  return isOwn ? 'own' : 'foreign'
}

/**
 * Refuses unsafe requests from pages of other sites, with which a browser may send a password that it knows. Throws
 * `origin-refused`.
 */
export function refuseForeignOrigin(c: HttpContext, publicUrl: string): void {
  const isForeign = isUnsafe(c.req.method) && requestOrigin(c, publicUrl) === 'foreign'
  if (isForeign) throw new RegistryError('origin-refused')
}

/** Whether a method may change something (RFC 9110, 9.2.1). */
export function isUnsafe(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)
}
