import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Pages of the console that the server leads back to. */
export const SIGN_IN_PAGE = '/sign-in'
export const ACCOUNT_PAGE = '/account'

/** Why somebody came back from the provider without being signed in: the code stands in the address, its words do not. */
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

/** By which ways people sign in beside passwords, and what `refused` means, in words. */
export const getSignInWays = endpoint({
  method: 'GET',
  path: '/console/sign-in',
  needs: 'nothing',
  params: nothing,
  query: z.object({ refused: z.catch(z.optional(z.enum(PROVIDER_REFUSALS)), undefined) }),
  body: 'none',
  response: z.object({
    /** What people call the provider; null where there is none. */
    provider: z.nullable(z.string()),
    refusal: z.nullable(z.string()),
  }),
})

/** Leads to the provider; it leads back, and from there on to `to`, a path of this server. Gone to by a browser. */
export const beginProviderSignIn = endpoint({
  method: 'GET',
  path: '/console/session/oidc',
  needs: 'nothing',
  action: 'sign-in',
  params: nothing,
  query: z.object({ to: z.optional(z.string()) }),
  body: 'none',
  response: 'stream',
})

/** Where the provider leads back to; what it says is in the query. */
export const finishProviderSignIn = endpoint({
  method: 'GET',
  path: '/console/session/oidc/callback',
  needs: 'nothing',
  action: 'sign-in',
  params: nothing,
  query: nothing,
  body: 'none',
  response: 'stream',
})

/** Begins to link one's own account to whom the provider will show: answers with where to go for that. */
export const beginProviderLink = endpoint({
  method: 'POST',
  path: '/console/account/provider',
  needs: 'session',
  action: 'account.link',
  params: nothing,
  query: nothing,
  body: 'none',
  response: z.object({ location: z.string() }),
})
