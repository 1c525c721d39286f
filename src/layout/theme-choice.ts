/** What a reader can choose; `system` follows the machine. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

const STORAGE_KEY = 'chartroom.theme'
const systemDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

let choice = readChoice()

/** The reader's choice. */
export function currentThemeChoice(): ThemeChoice {
  return choice
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  return choice === 'system' ? systemDark.matches : choice === 'dark'
}

/** Puts the page into a theme and remembers it. */
export function chooseTheme(chosen: ThemeChoice): void {
  localStorage.setItem(STORAGE_KEY, chosen)
  choice = chosen
  applyTheme()
}

/** Writes the theme where the browser and our own styles look for it; from then on it follows the machine. */
export function startTheme(): void {
  systemDark.addEventListener('change', applyTheme)
  applyTheme()
}

/** Calls `listener` on each change until the returned function is called. */
export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function applyTheme() {
  const { documentElement: page, head } = document
  page.dataset.theme = isDark() ? 'dark' : 'light'
  page.style.colorScheme = isDark() ? 'dark' : 'light'
  let meta = head.querySelector<HTMLMetaElement>('meta[name="theme-color"]')
  if (!meta) {
    meta = document.createElement('meta')
    meta.name = 'theme-color'
    head.append(meta)
  }
  meta.content = isDark() ? '#0a1624' : '#0c2137'
  for (const listener of listeners) listener()
}

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORAGE_KEY)
  return THEME_CHOICES.find((one) => one === stored) ?? 'system'
}
