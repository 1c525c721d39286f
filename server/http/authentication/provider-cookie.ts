import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod/mini'
import type { Registry } from '../../registry/core/registry.ts'
import { WrongKeyError } from '../../registry/secrets/secret-box.ts'
import type { HttpContext } from '../http-env.ts'
import { cookieAttributes } from './session-cookie.ts'

const NAME = 'chartroom_oidc'
/** How long somebody may take at the provider, in seconds. */
const PATIENCE = 10 * 60

const SealedSignIn = z.object({
  for: z.literal('oidc'),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Path to go to after it. */
  to: z.string(),
  /** ID of the account that is to be linked; null to sign in. */
  links: z.nullable(z.string()),
  /** ISO. */
  until: z.string(),
})
/** A sign-in that has gone to the provider. The browser keeps it, sealed, so that any process can go on with it. */
export type PendingSignIn = Omit<z.infer<typeof SealedSignIn>, 'for' | 'until'>

/** Keeps what is under way until the provider leads back; what was under way in the same browser is forgotten. */
export function setProviderCookie(c: HttpContext, { registry, publicUrl }: Place, pending: PendingSignIn): void {
  const until = new Date(Date.parse(registry.now()) + PATIENCE * 1000).toISOString()
  const kept: z.infer<typeof SealedSignIn> = { for: 'oidc', ...pending, until }
  const sealed = registry.secretBox.seal(JSON.stringify(kept))
  setCookie(c, NAME, sealed, { ...attributes(c, publicUrl), maxAge: PATIENCE })
}

/** What is under way in this browser, once: then it is forgotten. Null where there is nothing, or it took too long. */
export function takeProviderCookie(c: HttpContext, { registry, publicUrl }: Place): PendingSignIn | null {
  const sealed = getCookie(c, NAME)
  if (!sealed) return null
  deleteCookie(c, NAME, attributes(c, publicUrl))
  try {
    const kept = z.safeParse(SealedSignIn, JSON.parse(registry.secretBox.open(sealed)))
    return kept.success && kept.data.until > registry.now() ? kept.data : null
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
