import type { Language } from '../../contract/domain/preferences.ts'
import { useStore } from '../use-store.ts'
import { loadedLanguage } from './language.ts'
import type { Messages } from './messages.ts'

/** Returns the messages in the current language; the component re-renders when the language changes. */
export function useMessages(): Messages {
  return useStore(loadedLanguage).messages
}

/** Returns the current language; the component re-renders when it changes. */
export function useLanguage(): Language {
  return useStore(loadedLanguage).language
}
