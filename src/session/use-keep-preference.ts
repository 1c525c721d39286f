import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PreferencesChange } from '../../contract/console/preferences.ts'
import { keepPreferences } from '../api/own-account.ts'
import { sessionQueries } from '../api/session.ts'

/** Keeps what was chosen with the account too, when somebody is signed in: it follows them into other browsers. */
export function useKeepPreference(): (chosen: PreferencesChange) => void {
  const client = useQueryClient()
  const { queryKey } = sessionQueries.current()
  const { mutate } = useMutation({
    mutationFn: keepPreferences,
    onSuccess: (preferences) => client.setQueryData(queryKey, (session) => session && { ...session, preferences }),
  })
  return (chosen) => {
    if (client.getQueryData(queryKey)) mutate(chosen)
  }
}
