import { useSyncExternalStore } from 'react'
import {
  changeListPreferences,
  currentListPreferences,
  type ListPreferences,
  type PartialListPreferences,
  subscribeToListPreferences,
} from '../ui/list-preferences.ts'
import { useKeepPreference } from './use-keep-preference.ts'

/** The reader's preferences for lists, and a function that changes them here and with the account. */
export function useListPreferences(): [ListPreferences, (change: PartialListPreferences) => void] {
  const preferences = useSyncExternalStore(subscribeToListPreferences, currentListPreferences)
  const keep = useKeepPreference()
  const change = (change: PartialListPreferences) => {
    changeListPreferences(change)
    keep(change)
  }
  return [preferences, change]
}
