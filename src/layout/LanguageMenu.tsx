import { GlobalOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { LANGUAGES, type Language } from '../../contract/domain/preferences.ts'
import { useLanguage, useMessages } from '../i18n/use-messages.ts'
import { useSavePreferences } from '../session/use-save-preferences.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { HeaderMenu } from './HeaderMenu.tsx'
import { switchLanguage } from './switch-language.ts'

/** The name of each language in the language itself. */
const NAMES: Record<Language, string> = { 'en-US': 'English', 'zh-CN': '简体中文' }
const CHOICES = LANGUAGES.map((value) => ({ value, label: NAMES[value], lang: value }))

/** The menu of languages. */
export function LanguageMenu(): ReactElement {
  const { layout } = useMessages()
  const current = useLanguage()
  const savePreferences = useSavePreferences()
  return (
    <HeaderMenu label={layout.language} button={<GlobalOutlined aria-hidden />}>
      {(close) => (
        <ChoiceList
          choices={CHOICES}
          chosen={current}
          onChoose={(language) => {
            close()
            void switchLanguage(language)
            savePreferences({ language })
          }}
        />
      )}
    </HeaderMenu>
  )
}
