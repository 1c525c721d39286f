import type { Language } from '../../contract/domain/preferences.ts'
import { chooseLanguage } from '../i18n/language.ts'
import { loadComponentTexts } from './component-texts.ts'

/** Switches the whole console to a language, antd's components included, and stores the choice in the browser. */
export async function switchLanguage(language: Language): Promise<void> {
  await loadComponentTexts(language)
  await chooseLanguage(language)
}
