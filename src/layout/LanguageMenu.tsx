import { GlobalOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { LANGUAGES, type Language } from '../i18n/language.ts'
import { useLanguage, useMessages } from '../i18n/use-messages.ts'
import { useKeepPreference } from '../session/use-keep-preference.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { HeaderMenu } from './HeaderMenu.tsx'
import { switchLanguage } from './switch-language.ts'

const CHOICES = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value], lang: value })) // its own keys

/** Switches the language of the console. */
export function LanguageMenu(): ReactElement {
  const { layout } = useMessages()
  const language = useLanguage()
  const keep = useKeepPreference()
  return (
    <HeaderMenu label={layout.language} button={<GlobalOutlined aria-hidden />}>
      {(close) => (
        <ChoiceList
          choices={CHOICES}
          chosen={language}
          onChoose={(chosen) => {
            close()
            void switchLanguage(chosen)
            keep({ language: chosen })
          }}
        />
      )}
    </HeaderMenu>
  )
}
