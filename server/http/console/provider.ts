import {
  ACCOUNT_PAGE,
  PROVIDER_REFUSALS,
  type ProviderRefusal,
  providerEndpoints,
  SIGN_IN_PAGE,
} from '../../../contract/console/provider.ts'
import { safeReturnPath } from '../../../contract/domain/safe-return-path.ts'
import type { OidcProvider } from '../../oidc/oidc-provider.ts'
import { reasonsOf } from '../../oidc/provider-refusal.ts'
import type { Call } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import { linkToProvider, signInByProvider } from '../../registry/sign-in/provider-sign-in.ts'
import { findSession } from '../../registry/sign-in/sessions.ts'
import type { Api } from '../api.ts'
import { type PendingSignIn, setProviderCookie, takeProviderCookie } from '../authentication/provider-cookie.ts'
import { readSessionCookie, setSessionCookie } from '../authentication/session-cookie.ts'
import type { Context } from '../context.ts'
import { auditDenial } from '../errors/audit-denial.ts'
import type { HttpContext } from '../http-env.ts'
import { route } from '../route.ts'
import { preferredLanguage } from '../transport/language.ts'

/** Sign-in through the identity provider, if one is configured. */
export function mountProvider(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, providerEndpoints.getSignInWays, ({ query, http }) => {
    const language = preferredLanguage(http.req.header('accept-language'))
    return {
      provider: context.provider?.name ?? null,
      refusal: query.refused === undefined ? null : errorMessage(new RegistryError(query.refused), language),
    }
  })

  route(api, providerEndpoints.beginSignIn, ({ query, http }) => {
    const to = safeReturnPath(query.to) ?? '/'
    return orRedirectBack(http, context, { to, links: null }, async () => {
      const location = await begin(http, context, { to, links: null })
      return http.redirect(location, 303)
    })
  })

  route(api, providerEndpoints.beginLink, async ({ call, http }) => {
    const links = call.caller.kind === 'account' ? call.caller.id : null
    return { location: await begin(http, context, { to: ACCOUNT_PAGE, links }) }
  })

  route(api, providerEndpoints.finishSignIn, ({ call, http }) => {
    const provider = providerOf(http, context)
    const pending = takeProviderCookie(http, context)
    return orRedirectBack(http, context, pending ?? { to: '/', links: null }, async () => {
      if (!pending) throw new RegistryError('sign-in-lost')
      const answer = new URL(redirectUri(context) + new URL(http.req.url).search)
      if (answer.searchParams.get('state') !== pending.state) throw new RegistryError('sign-in-lost')
      const identity = await provider.finish(answer, pending)
      if (identity.name !== undefined) http.set('claimedName', identity.name)
      if (pending.links !== null) {
        await linkToProvider(registry, await callOf(http, context, call, pending.links), identity, provider.rules)
      } else {
        const { token } = await signInByProvider(registry, call, identity, provider.rules)
        setSessionCookie(http, token, context.publicUrl)
      }
      return http.redirect(pending.to, 303)
    })
  })
}

/** Where a sign-in began, and the account that it links. */
type Origin = Pick<PendingSignIn, 'to' | 'links'>

/** Starts a sign-in: stores its state in a cookie and returns the URL at the provider to redirect to. */
async function begin(http: HttpContext, context: Context, origin: Origin): Promise<string> {
  const { location, secrets } = await providerOf(http, context).begin(redirectUri(context))
  setProviderCookie(http, context, { ...secrets, ...origin })
  return location.href
}

/**
 * Returns the response of `act`. If that fails, redirects to the page where the sign-in began, which shows the message,
 * and logs the reasons for the operator.
 */
async function orRedirectBack(
  http: HttpContext,
  context: Context,
  { to, links }: Origin,
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    http.header('Cache-Control', 'no-store')
    return await act()
  } catch (error) {
    if (!(error instanceof RegistryError) || !isProviderRefusal(error.code)) throw error
    const requestId = http.get('requestId')
    context.log.warn({ requestId, refused: error.code, reasons: reasonsOf(error.cause) }, 'OIDC sign-in failed')
    await auditDenial(http, context, error)
    const query = new URLSearchParams({ refused: error.code, ...(links === null && to !== '/' && { to }) })
    return http.redirect(`${links === null ? SIGN_IN_PAGE : ACCOUNT_PAGE}?${query}`, 303)
  }
}

/** Returns the call as one of the account that began to link. Throws `sign-in-lost` if it is no longer signed in. */
async function callOf(http: HttpContext, { registry }: Context, call: Call, account: string): Promise<Call> {
  const session = await findSession(registry, readSessionCookie(http) ?? '')
  if (session?.caller.id !== account) throw new RegistryError('sign-in-lost')
  http.set('caller', session.caller)
  return { ...call, caller: session.caller }
}

function providerOf(http: HttpContext, { provider }: Context): OidcProvider {
  if (!provider) throw new RegistryError('path-missing', { path: http.req.path })
  return provider
}

function redirectUri({ publicUrl }: Context): string {
  return publicUrl + providerEndpoints.finishSignIn.path
}

function isProviderRefusal(code: string): code is ProviderRefusal {
  return PROVIDER_REFUSALS.some((known) => known === code)
}
