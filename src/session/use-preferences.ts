import { useEffect } from 'react'
import type { Session } from '../../contract/console/session.ts'
import { currentLanguage } from '../i18n/language.ts'
import { switchLanguage } from '../layout/switch-language.ts'
import { chooseTheme, currentThemeChoice } from '../layout/theme-choice.ts'

/** Puts the page into the language and the theme that the account has chosen somewhere; this browser remembers them. */
export function usePreferences(session: Session | undefined): void {
  const { language, theme } = session?.preferences ?? { language: null, theme: null }
  // The page as a whole is outside React.
  useEffect(() => {
    if (language && language !== currentLanguage()) void switchLanguage(language)
    if (theme && theme !== currentThemeChoice()) chooseTheme(theme)
  }, [language, theme])
}
