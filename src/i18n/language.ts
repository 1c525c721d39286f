import type { Messages } from './messages.ts'

/** Languages of the console, each with its own name for itself. */
export const LANGUAGES = { 'en-US': 'English', 'zh-CN': '简体中文' } as const
export type Language = keyof typeof LANGUAGES

const STORAGE_KEY = 'chartroom.language'

const loaders: Record<Language, () => Promise<Messages>> = {
  'en-US': async () => (await import('./en-US.ts')).enUS,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
}

let current: { language: Language; messages: Messages } | undefined
const listeners = new Set<() => void>()

/** Returns the language chosen earlier, else the browser's first supported language, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY)
  if (chosen && chosen in LANGUAGES) return chosen as Language // checked on this line
  const supported = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))
  return supported && /^zh\b/i.test(supported) ? 'zh-CN' : 'en-US'
}

/** Loads a language's messages and switches the page to it, `<html lang>` included. */
export async function loadLanguage(language: Language): Promise<void> {
  const messages = await loaders[language]()
  current = { language, messages }
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

/** Switches to a language as {@link loadLanguage} does, and stores the choice in the browser. */
export function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language)
  return loadLanguage(language)
}

/** Returns the current language, for code outside React. */
export function currentLanguage(): Language {
  return loaded().language
}

/** Returns the messages in the current language, for code outside React; components call `useMessages`. */
export function currentMessages(): Messages {
  return loaded().messages
}

/** Calls `listener` on each change of language until the returned function is called. */
export function subscribeToLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function loaded() {
  if (!current) throw new Error('No language is loaded yet: main.tsx loads one before anything is rendered.')
  return current
}
