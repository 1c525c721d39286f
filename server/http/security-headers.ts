import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from './http-env.ts'

/** Of the console and its scripts. antd writes its styles into the page, hence `unsafe-inline` for them, and for them alone. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** Of everything else: archives, icons and manifests are somebody else's bytes, and whatever opens them runs nothing. */
const BYTES_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** What every answer says to a browser, whatever it is. What is not of the built console runs nothing. */
export const securityHeaders: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next()
  c.res.headers.set('Content-Security-Policy', c.get('isConsole') ? CONSOLE_POLICY : BYTES_POLICY)
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
}
