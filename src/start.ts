// Small, and run before the rest of the console has loaded: fetches the language, which only the browser knows.
import { loadLanguage, preferredLanguage } from './i18n/language.ts'
import { loadComponentTexts } from './layout/component-texts.ts'

const language = preferredLanguage()

/** Resolves when the texts of the page are loaded. */
export const started: Promise<unknown> = Promise.all([loadLanguage(language), loadComponentTexts(language)])
