import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PreferencesChange } from '../../contract/console/preferences.ts'
import { savePreferences } from '../api/own-account.ts'
import { sessionQueries } from '../api/session.ts'

const MUTATION_KEY = ['preferences']

/** Returns a function that stores preferences with the account, for its other browsers; does nothing when signed out. */
export function useSavePreferences(): (change: PreferencesChange) => void {
  const client = useQueryClient()
  const { queryKey } = sessionQueries.current()
  const { mutate } = useMutation({
    mutationKey: MUTATION_KEY,
    mutationFn: savePreferences,
    scope: { id: 'preferences' },
    onSuccess: (preferences) => {
      // While more changes are queued, a response lacks the later ones.
      if (client.isMutating({ mutationKey: MUTATION_KEY }) > 1) return
      client.setQueryData(queryKey, (session) => session && { ...session, preferences })
    },
  })
  return (change) => {
    if (client.getQueryData(queryKey)) mutate(change)
  }
}
