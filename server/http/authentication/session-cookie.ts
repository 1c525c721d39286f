import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { HttpContext } from '../http-env.ts'

const NAME = 'chartroom_session'

/** Returns the token of the session; undefined without one. */
export function readSessionCookie(c: HttpContext): string | undefined {
  return getCookie(c, NAME) || undefined
}

/** Sets the session cookie. It has no expiry of its own: the server expires sessions. */
export function setSessionCookie(c: HttpContext, token: string, publicUrl: string): void {
  setCookie(c, NAME, token, cookieAttributes(c, publicUrl))
}

/** Removes the session cookie. */
export function clearSessionCookie(c: HttpContext, publicUrl: string): void {
  deleteCookie(c, NAME, cookieAttributes(c, publicUrl))
}

/** Attributes of all cookies: hidden from scripts, and sent from other sites only when they navigate here. */
export function cookieAttributes(
  c: HttpContext,
  publicUrl: string,
): { httpOnly: true; sameSite: 'Lax'; path: string; secure: boolean } {
  const secure = publicUrl.startsWith('https:') || c.get('client').secure
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure }
}
