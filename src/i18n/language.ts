import type { Messages } from './messages.ts'

/** The console's languages, each with the name that its readers know it by. */
export const LANGUAGES = { 'en-US': 'English', 'zh-CN': '简体中文' } as const
export type Language = keyof typeof LANGUAGES

const STORAGE_KEY = 'chartroom.language'

const loaders: Record<Language, () => Promise<Messages>> = {
  'en-US': async () => (await import('./en-US.ts')).enUS,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
}

let current: { language: Language; messages: Messages } | undefined
const listeners = new Set<() => void>()

/** The language that was chosen before, else the browser's first that we speak, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY)
  if (chosen && chosen in LANGUAGES) return chosen as Language // checked on this line
  const spoken = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))
  return spoken && /^zh\b/i.test(spoken) ? 'zh-CN' : 'en-US'
}

/** Loads a language's words and puts the page into it; `<html lang>` follows. */
export async function loadLanguage(language: Language): Promise<void> {
  const messages = await loaders[language]()
  current = { language, messages }
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

/** As {@link loadLanguage}, and remembers the choice. */
export function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language)
  return loadLanguage(language)
}

/** The language on screen, for code outside React. */
export function currentLanguage(): Language {
  return loaded().language
}

/** The words on screen, for code outside React; components take `useMessages`. */
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
