import { useEffect } from 'react'
import type { Session } from '../../contract/console/session.ts'
import { currentLanguage } from '../i18n/language.ts'
import { switchLanguage } from '../layout/switch-language.ts'
import { chooseTheme, currentTheme } from '../layout/theme-choice.ts'
import { adoptListPreferences } from '../ui/list-preferences.ts'

/** Applies the preferences stored with the account, and stores them in this browser. */
export function useAccountPreferences(session: Session | undefined): void {
  const preferences = session?.preferences
  // Language, theme and list preferences are outside React.
  useEffect(() => {
    if (!preferences) return
    const { language, theme } = preferences
    if (language && language !== currentLanguage()) void switchLanguage(language)
    if (theme && theme !== currentTheme.get().choice) chooseTheme(theme)
    adoptListPreferences(preferences)
  }, [preferences])
}
