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

/** Signing in by the provider, where one is configured. */
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
    return orBack(http, context, { to, links: null }, async () => {
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
    const underWay = takeProviderCookie(http, context)
    return orBack(http, context, underWay ?? { to: '/', links: null }, async () => {
      if (!underWay) throw new RegistryError('sign-in-lost')
      const answer = new URL(redirectUri(context) + new URL(http.req.url).search)
      if (answer.searchParams.get('state') !== underWay.state) throw new RegistryError('sign-in-lost')
      const identity = await provider.finish(answer, underWay)
      if (identity.name !== undefined) http.set('claimedName', identity.name)
      if (underWay.links !== null) {
        await linkToProvider(registry, await callOf(http, context, call, underWay.links), identity, provider.rules)
      } else {
        const { token } = await signInByProvider(registry, call, identity, provider.rules)
        setSessionCookie(http, token, context.publicUrl)
      }
      return http.redirect(underWay.to, 303)
    })
  })
}

type Errand = Pick<PendingSignIn, 'to' | 'links'>

/** The address at the provider to go to; what must be known after it is given to the browser. */
async function begin(http: HttpContext, context: Context, errand: Errand): Promise<string> {
  const { location, secrets } = await providerOf(http, context).begin(redirectUri(context))
  setProviderCookie(http, context, { ...secrets, ...errand })
  return location.href
}

/**
 * What `act` answers; when it is refused, the way back to the page where it was begun, which says why. The reasons are
 * logged here, once: they are for those who look after the provider.
 */
async function orBack(
  http: HttpContext,
  context: Context,
  { to, links }: Errand,
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

/** The call as one of the account that began to link, which must still be signed in here. Throws `sign-in-lost`. */
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
