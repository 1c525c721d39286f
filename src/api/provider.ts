import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type ProviderRefusal, providerEndpoints } from '../../contract/console/provider.ts'
import { currentLanguage } from '../i18n/language.ts'
import { call, urlOf } from './http.ts'

/** Sign-in methods besides passwords. */
export const signInMethodQueries = {
  /** `refused` is the error code in the page's URL; the response has its message, in the current language. */
  current: (refused: string | null = null, language = currentLanguage()) =>
    queryOptions({
      queryKey: ['sign-in-methods', refused, language],
      queryFn: ({ signal }) => {
        const code = (refused ?? undefined) as ProviderRefusal | undefined // the server ignores unknown codes
        return call(providerEndpoints.getSignInWays, { query: { refused: code }, signal, withoutSession: 'throw' })
      },
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: keepPreviousData,
    }),
}

/** URL that signs in with the provider and then returns to `to`, a path of this console. */
export function providerSignInAddress(to: string): string {
  return urlOf(providerEndpoints.beginSignIn, { query: { to } })
}

/** Begins linking the signed-in account to the provider; resolves to the URL to navigate to. */
export function beginLink(): Promise<{ location: string }> {
  return call(providerEndpoints.beginLink)
}
