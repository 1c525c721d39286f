// Small, and run before the rest of the console has come: what only the browser can choose is asked for meanwhile.
import { loadLanguage, preferredLanguage } from './i18n/language.ts'
import { loadComponentWords } from './layout/component-words.ts'

const language = preferredLanguage()

/** Resolves when the page can speak. */
export const started: Promise<unknown> = Promise.all([loadLanguage(language), loadComponentWords(language)])
