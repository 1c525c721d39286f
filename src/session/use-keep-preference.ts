import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PreferencesChange } from '../../contract/console/preferences.ts'
import { savePreferences } from '../api/own-account.ts'
import { sessionQueries } from '../api/session.ts'

const MUTATION_KEY = ['preferences']

/** Stores a choice with the account too, when somebody is signed in: it follows them into other browsers. */
export function useKeepPreference(): (chosen: PreferencesChange) => void {
  const client = useQueryClient()
  const { queryKey } = sessionQueries.current()
  const { mutate } = useMutation({
    mutationKey: MUTATION_KEY,
    mutationFn: savePreferences,
    scope: { id: 'preferences' },
    onSuccess: (preferences) => {
      // Of several choices in a row, the answers before the last one do not know the later choices.
      if (client.isMutating({ mutationKey: MUTATION_KEY }) > 1) return
      client.setQueryData(queryKey, (session) => session && { ...session, preferences })
    },
  })
  return (chosen) => {
    if (client.getQueryData(queryKey)) mutate(chosen)
  }
}
