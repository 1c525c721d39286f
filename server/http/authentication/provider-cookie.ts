import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod/mini'
import type { Registry } from '../../registry/core/registry.ts'
import { WrongKeyError } from '../../registry/secrets/secret-box.ts'
import type { HttpContext } from '../http-env.ts'
import { cookieAttributes } from './session-cookie.ts'

const NAME = 'chartroom_oidc'
/** Time to sign in at the provider, in seconds. */
const LIFETIME = 10 * 60

const SealedSignIn = z.object({
  for: z.literal('oidc'),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Path to redirect to after the sign-in. */
  to: z.string(),
  /** ID of the account to link; null to sign in. */
  links: z.nullable(z.string()),
  /** Expiry, ISO. */
  until: z.string(),
})
/** A sign-in in progress at the provider. Its state is in a sealed cookie, so that any process can finish it. */
export type PendingSignIn = Omit<z.infer<typeof SealedSignIn>, 'for' | 'until'>

/** Stores a pending sign-in in the browser, replacing an earlier one. */
export function setProviderCookie(c: HttpContext, { registry, publicUrl }: Place, pending: PendingSignIn): void {
  const until = new Date(Date.parse(registry.now()) + LIFETIME * 1000).toISOString()
  const content: z.infer<typeof SealedSignIn> = { for: 'oidc', ...pending, until }
  const sealed = registry.secretBox.seal(JSON.stringify(content))
  setCookie(c, NAME, sealed, { ...attributes(c, publicUrl), maxAge: LIFETIME })
}

/** Returns and removes the browser's pending sign-in; null if there is none or it has expired. */
export function takeProviderCookie(c: HttpContext, { registry, publicUrl }: Place): PendingSignIn | null {
  const sealed = getCookie(c, NAME)
  if (!sealed) return null
  deleteCookie(c, NAME, attributes(c, publicUrl))
  try {
    const parsed = z.safeParse(SealedSignIn, JSON.parse(registry.secretBox.open(sealed)))
    return parsed.success && parsed.data.until > registry.now() ? parsed.data : null
  } catch (error) {
    if (error instanceof WrongKeyError || error instanceof SyntaxError) return null
    throw error
  }
}

interface Place {
  readonly registry: Registry
  readonly publicUrl: string
}

function attributes(c: HttpContext, publicUrl: string) {
  return { ...cookieAttributes(c, publicUrl), path: '/console/session/oidc' }
}
