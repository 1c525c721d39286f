import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Pages of the console that the server redirects to after the identity provider. */
export const SIGN_IN_PAGE = '/sign-in'
export const ACCOUNT_PAGE = '/account'

/** Reasons for a failed sign-in through the provider. The redirect carries the code; `getSignInWays` returns the message. */
export const PROVIDER_REFUSALS = [
  'sign-in-lost',
  'provider-denied',
  'provider-answer-refused',
  'provider-account-missing',
  'provider-account-disabled',
  'provider-name-missing',
  'provider-name-taken',
  'provider-linked-elsewhere',
  'provider-misconfigured',
  'provider-unreachable',
] as const
export type ProviderRefusal = (typeof PROVIDER_REFUSALS)[number]

export const providerEndpoints = {
  /** Returns the ways to sign in other than passwords, and the message for the code in `refused`. */
  getSignInWays: endpoint({
    method: 'GET',
    path: '/console/sign-in',
    needs: 'nothing',
    about: 'registry',
    params: nothing,
    query: z.object({ refused: z.catch(z.optional(z.enum(PROVIDER_REFUSALS)), undefined) }),
    body: 'none',
    response: z.object({
      /** Display name of the provider; null without one. */
      provider: z.nullable(z.string()),
      refusal: z.nullable(z.string()),
    }),
  }),

  /** Redirects the browser to the provider. After sign-in it ends at `to`, a path of this server. */
  beginSignIn: endpoint({
    method: 'GET',
    path: '/console/session/oidc',
    needs: 'nothing',
    about: 'registry',
    action: 'sign-in',
    params: nothing,
    query: z.object({ to: z.optional(z.string()) }),
    body: 'none',
    response: 'raw',
  }),

  /** Redirect target of the provider; its response is in the query. */
  finishSignIn: endpoint({
    method: 'GET',
    path: '/console/session/oidc/callback',
    needs: 'nothing',
    about: 'registry',
    action: 'sign-in',
    params: nothing,
    query: nothing,
    body: 'none',
    response: 'raw',
  }),

  /** Starts linking the caller's account to an identity of the provider; returns the URL to navigate to. */
  beginLink: endpoint({
    method: 'POST',
    path: '/console/account/provider',
    needs: 'session',
    about: 'registry',
    action: 'account.link',
    params: nothing,
    query: nothing,
    body: 'none',
    response: z.object({ location: z.string() }),
  }),
}
