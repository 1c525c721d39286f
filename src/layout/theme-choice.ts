import { THEMES, type ThemeChoice } from '../../contract/domain/preferences.ts'
import { createStore, type ReadableStore } from '../create-store.ts'

/** The chosen theme, and whether it is dark now. */
interface Theme {
  readonly choice: ThemeChoice
  readonly isDark: boolean
}

const STORAGE_KEY = 'chartroom.theme'
const systemDark = matchMedia('(prefers-color-scheme: dark)')
const current = createStore(themeOf(storedChoice()))

/** The theme of the page. */
export const currentTheme: ReadableStore<Theme> = current

/** Applies a theme to the page and stores the choice in the browser. */
export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(STORAGE_KEY, choice)
  applyTheme(choice)
}

/** Applies the stored theme, and follows the operating system from then on. */
export function startTheme(): void {
  systemDark.addEventListener('change', () => applyTheme(current.get().choice))
  applyTheme(current.get().choice)
}

/** Writes the theme where the browser and our style sheets read it. */
function applyTheme(choice: ThemeChoice) {
  const theme = themeOf(choice)
  const { documentElement: page, head } = document
  page.dataset.theme = theme.isDark ? 'dark' : 'light'
  page.style.colorScheme = theme.isDark ? 'dark' : 'light'
  let meta = head.querySelector<HTMLMetaElement>('meta[name="theme-color"]')
  if (!meta) {
    meta = document.createElement('meta')
    meta.name = 'theme-color'
    head.append(meta)
  }
  meta.content = theme.isDark ? '#0a1624' : '#0c2137'
  current.set(theme)
}

function themeOf(choice: ThemeChoice): Theme {
  return { choice, isDark: choice === 'system' ? systemDark.matches : choice === 'dark' }
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORAGE_KEY)
  return THEMES.find((theme) => theme === stored) ?? 'system'
}
