import { useSyncExternalStore } from 'react'
import { currentLanguage, currentMessages, type Language, subscribeToLanguage } from './language.ts'
import type { Messages } from './messages.ts'

/** The words in the reader's language; the component is drawn again when the language changes. */
export function useMessages(): Messages {
  return useSyncExternalStore(subscribeToLanguage, currentMessages)
}

/** The reader's language. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribeToLanguage, currentLanguage)
}
