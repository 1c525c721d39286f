import type { ConfigProviderProps } from 'antd'
import type { Language } from '../i18n/language.ts'

type ComponentWords = NonNullable<ConfigProviderProps['locale']>

/** English is missing: antd speaks it where nothing else is said. */
const loaders: Partial<Record<Language, () => Promise<{ default: ComponentWords }>>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
}

const loaded = new Map<Language, ComponentWords>()

/** Loads the words that antd's own components say in `language`. */
export async function loadComponentWords(language: Language): Promise<void> {
  const load = loaders[language]
  if (load && !loaded.has(language)) loaded.set(language, (await load()).default)
}

/** The loaded words; undefined, antd's English, when there are none. */
export function componentWords(language: Language): ComponentWords | undefined {
  return loaded.get(language)
}
