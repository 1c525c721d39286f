import { useSyncExternalStore } from 'react'
import { currentLanguage, currentMessages, type Language, subscribeToLanguage } from './language.ts'
import type { Messages } from './messages.ts'

/** Returns the messages in the current language; the component re-renders when the language changes. */
export function useMessages(): Messages {
  return useSyncExternalStore(subscribeToLanguage, currentMessages)
}

/** Returns the current language; the component re-renders when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribeToLanguage, currentLanguage)
}
