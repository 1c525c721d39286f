import {
  changeListPreferences,
  type ListPreferences,
  listPreferences,
  type PartialListPreferences,
} from '../ui/list-preferences.ts'
import { useStore } from '../use-store.ts'
import { useSavePreferences } from './use-save-preferences.ts'

/** Returns the user's preferences for lists, and a function that changes them in this browser and with the account. */
export function useListPreferences(): [ListPreferences, (change: PartialListPreferences) => void] {
  const preferences = useStore(listPreferences)
  const savePreferences = useSavePreferences()
  const change = (change: PartialListPreferences) => {
    changeListPreferences(change)
    savePreferences(change)
  }
  return [preferences, change]
}
