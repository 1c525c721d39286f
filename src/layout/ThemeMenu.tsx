import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons'
import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { useKeepPreference } from '../session/use-keep-preference.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { HeaderMenu } from './HeaderMenu.tsx'
import {
  chooseTheme,
  currentThemeChoice,
  isDark,
  subscribeToTheme,
  THEME_CHOICES,
  type ThemeChoice,
} from './theme-choice.ts'

const ICONS: Record<ThemeChoice, ReactNode> = {
  system: <DesktopOutlined aria-hidden />,
  light: <SunOutlined aria-hidden />,
  dark: <MoonOutlined aria-hidden />,
}

/** Switches between light, dark, and whatever the machine says. */
export function ThemeMenu(): ReactElement {
  const { layout } = useMessages()
  const keep = useKeepPreference()
  const choice = useSyncExternalStore(subscribeToTheme, currentThemeChoice)
  const dark = useSyncExternalStore(subscribeToTheme, isDark)
  return (
    <HeaderMenu label={layout.theme} button={ICONS[dark ? 'dark' : 'light']}>
      {(close) => (
        <ChoiceList
          choices={THEME_CHOICES.map((value) => ({ value, label: layout.themes[value], icon: ICONS[value] }))}
          chosen={choice}
          onChoose={(chosen) => {
            close()
            chooseTheme(chosen)
            keep({ theme: chosen })
          }}
        />
      )}
    </HeaderMenu>
  )
}
