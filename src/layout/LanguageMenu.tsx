import { GlobalOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { chooseLanguage, LANGUAGES, type Language } from '../i18n/language.ts'
import { useLanguage, useMessages } from '../i18n/use-messages.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { loadComponentWords } from './component-words.ts'
import { HeaderMenu } from './HeaderMenu.tsx'

const CHOICES = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value], lang: value })) // its own keys

/** Switches the language of the console. */
export function LanguageMenu(): ReactElement {
  const { layout } = useMessages()
  const language = useLanguage()
  return (
    <HeaderMenu label={layout.language} button={<GlobalOutlined aria-hidden />}>
      {(close) => (
        <ChoiceList
          choices={CHOICES}
          chosen={language}
          onChoose={(chosen) => {
            close()
            void switchTo(chosen)
          }}
        />
      )}
    </HeaderMenu>
  )
}

async function switchTo(language: Language) {
  await loadComponentWords(language)
  await chooseLanguage(language)
}
