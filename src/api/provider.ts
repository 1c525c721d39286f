import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  beginProviderLink,
  beginProviderSignIn,
  getSignInWays,
  type ProviderRefusal,
} from '../../contract/console/provider.ts'
import { currentLanguage } from '../i18n/language.ts'
import { call, urlOf } from './http.ts'

/** By which ways people sign in beside passwords. */
export const signInWaysQueries = {
  /** `refused` is the code of a refusal that stands in the address; its words come in the language of the page. */
  current: (refused: string | null = null, language = currentLanguage()) =>
    queryOptions({
      queryKey: ['sign-in-ways', refused, language],
      queryFn: ({ signal }) => {
        const code = (refused ?? undefined) as ProviderRefusal | undefined // the server drops what it does not know
        return call(getSignInWays, { query: { refused: code }, signal, withoutSession: 'throw' })
      },
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: keepPreviousData,
    }),
}

/** Where a browser goes to sign in by the provider, and after it to `to`, a path of this console. */
export function providerSignInAddress(to: string): string {
  return urlOf(beginProviderSignIn, { query: { to } })
}

/** Begins to link the reader's account to the provider; answers with the address to go to. */
export function beginLink(): Promise<{ location: string }> {
  return call(beginProviderLink)
}
