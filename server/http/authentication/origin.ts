import type { HttpContext } from '../http-env.ts'

/**
 * Where a request comes from, as far as a browser says: a page of ours, a page of somebody else, or nothing said
 * (no browser, or one that is very old).
 */
export function requestOrigin(c: HttpContext, publicUrl: string): 'own' | 'foreign' | 'unknown' {
  const site = c.req.header('sec-fetch-site')
  if (site === 'same-origin') return 'own'
  const origin = c.req.header('origin')
  if (origin === undefined) return site === undefined ? 'unknown' : 'foreign'
  if (origin === publicUrl) return 'own'
  const { host } = c.get('peer')
  // The scheme seen here says nothing, a proxy may have ended TLS: by any other name, the host alone decides.
  const isOwn = host !== undefined && host !== URL.parse(publicUrl)?.host && URL.parse(origin)?.host === host
  return isOwn ? 'own' : 'foreign'
}

/** Whether the method may change something (RFC 9110, 9.2.1). */
export function isUnsafe(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)
}
