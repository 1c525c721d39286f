import { chooseLanguage, type Language } from '../i18n/language.ts'
import { loadComponentWords } from './component-words.ts'

/** Puts the whole console into a language, antd's components too, and remembers it. */
export async function switchLanguage(language: Language): Promise<void> {
  await loadComponentWords(language)
  await chooseLanguage(language)
}
