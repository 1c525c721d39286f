import { useEffect } from 'react'
import type { Session } from '../../contract/console/session.ts'
import { currentLanguage } from '../i18n/language.ts'
import { switchLanguage } from '../layout/switch-language.ts'
import { chooseTheme, currentThemeChoice } from '../layout/theme-choice.ts'
import { takeListPreferences } from '../ui/list-preferences.ts'

/** Applies the preferences that are stored with the account; this browser remembers them. */
export function usePreferences(session: Session | undefined): void {
  const preferences = session?.preferences
  // The page as a whole is outside React.
  useEffect(() => {
    if (!preferences) return
    const { language, theme } = preferences
    if (language && language !== currentLanguage()) void switchLanguage(language)
    if (theme && theme !== currentThemeChoice()) chooseTheme(theme)
    takeListPreferences(preferences)
  }, [preferences])
}
