import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { HttpContext } from '../http-env.ts'

const NAME = 'chartroom_session'

/** The session's token, or undefined. */
export function readSessionCookie(c: HttpContext): string | undefined {
  return getCookie(c, NAME) || undefined
}

/** A cookie that ends with the browser's session; how long it is good for is the server's to say. */
export function setSessionCookie(c: HttpContext, token: string, publicUrl: string): void {
  setCookie(c, NAME, token, cookieAttributes(c, publicUrl))
}

/** Tells the browser to forget the cookie. */
export function clearSessionCookie(c: HttpContext, publicUrl: string): void {
  deleteCookie(c, NAME, cookieAttributes(c, publicUrl))
}

/** What all our cookies have: no script reads them, no other site sends them along but by leading here. */
export function cookieAttributes(
  c: HttpContext,
  publicUrl: string,
): { httpOnly: true; sameSite: 'Lax'; path: string; secure: boolean } {
  const secure = publicUrl.startsWith('https:') || c.get('client').secure
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure }
}
