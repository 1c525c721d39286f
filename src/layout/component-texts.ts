import type { ConfigProviderProps } from 'antd'
import type { Language } from '../../contract/domain/preferences.ts'

type ComponentTexts = NonNullable<ConfigProviderProps['locale']>

/** English is missing: it is antd's default. */
const loaders: Partial<Record<Language, () => Promise<{ default: ComponentTexts }>>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
}

const loaded = new Map<Language, ComponentTexts>()

/** Loads the texts of antd's own components in `language`. */
export async function loadComponentTexts(language: Language): Promise<void> {
  const load = loaders[language]
  if (load && !loaded.has(language)) loaded.set(language, (await load()).default)
}

/** Returns the loaded texts; undefined for antd's default, English. */
export function componentTexts(language: Language): ComponentTexts | undefined {
  return loaded.get(language)
}
