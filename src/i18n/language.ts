import type { Language } from '../../contract/domain/preferences.ts'
import { createStore, type ReadableStore } from '../create-store.ts'
import type { Messages } from './messages.ts'

const STORAGE_KEY = 'chartroom.language'

const loaders: Record<Language, () => Promise<Messages>> = {
  'en-US': async () => (await import('./en-US.ts')).enUS,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
}

interface LoadedLanguage {
  readonly language: Language
  readonly messages: Messages
}

const current = createStore<LoadedLanguage | undefined>(undefined)

/** Returns the language chosen earlier, else the browser's first supported language, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY)
  if (chosen && chosen in loaders) return chosen as Language // checked on this line
  const supported = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))
  return supported && /^zh\b/i.test(supported) ? 'zh-CN' : 'en-US'
}

/** Loads a language's messages and switches the page to it, `<html lang>` included. */
export async function loadLanguage(language: Language): Promise<void> {
  const messages = await loaders[language]()
  document.documentElement.lang = language
  current.set({ language, messages })
}

/** Switches to a language as {@link loadLanguage} does, and stores the choice in the browser. */
export function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language)
  return loadLanguage(language)
}

/** Returns the current language, for code outside React. */
export function currentLanguage(): Language {
  return loadedLanguage.get().language
}

/** Returns the messages in the current language, for code outside React; components call `useMessages`. */
export function currentMessages(): Messages {
  return loadedLanguage.get().messages
}

/** The current language, for components. Reading throws until one is loaded. */
export const loadedLanguage: ReadableStore<LoadedLanguage> = {
  subscribe: current.subscribe,
  get() {
    const loaded = current.get()
    if (!loaded) throw new Error('No language is loaded yet: main.tsx loads one before anything is rendered.')
    return loaded
  },
}
