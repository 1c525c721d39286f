import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import { THEMES, type ThemeChoice } from '../../contract/domain/preferences.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useSavePreferences } from '../session/use-save-preferences.ts'
import { useStore } from '../use-store.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { HeaderMenu } from './HeaderMenu.tsx'
import { chooseTheme, currentTheme } from './theme-choice.ts'

const ICONS: Record<ThemeChoice, ReactNode> = {
  system: <DesktopOutlined aria-hidden />,
  light: <SunOutlined aria-hidden />,
  dark: <MoonOutlined aria-hidden />,
}

/** The menu of themes: that of the operating system, light and dark. */
export function ThemeMenu(): ReactElement {
  const { layout } = useMessages()
  const savePreferences = useSavePreferences()
  const { choice, isDark } = useStore(currentTheme)
  return (
    <HeaderMenu label={layout.theme} button={ICONS[isDark ? 'dark' : 'light']}>
      {(close) => (
        <ChoiceList
          choices={THEMES.map((value) => ({ value, label: layout.themes[value], icon: ICONS[value] }))}
          chosen={choice}
          onChoose={(theme) => {
            close()
            chooseTheme(theme)
            savePreferences({ theme })
          }}
        />
      )}
    </HeaderMenu>
  )
}
