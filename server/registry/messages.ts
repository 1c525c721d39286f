import { problemMessage, shortened } from '../../chart/problem-messages.ts'
import type { RegistryError, RegistryErrorCode } from './errors.ts'
import { enUS } from './messages/en-US.ts'
import { zhCN } from './messages/zh-CN.ts'

/** The languages that messages are written in. */
export type Language = 'en-US' | 'zh-CN'

/** The sentence for an error, filled in: what failed, on what, and what to do. */
export function errorMessage(error: RegistryError, language: Language): string {
  if (error.problem) return problemMessage(error.problem, language)
  return MESSAGES[language][error.code].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = error.params[key]
    if (value === undefined) return '?'
    return error.kind === 'too-large' && key === 'limit' ? bytes(Number(value)) : shortened(String(value))
  })
}

const MESSAGES: Record<Language, Record<RegistryErrorCode, string>> = { 'en-US': enUS, 'zh-CN': zhCN }

/** `20 MiB`: the largest unit that leaves a whole number. */
function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB']
  let unit = 0
  while (count >= 1024 && count % 1024 === 0 && unit < units.length - 1) {
    count /= 1024
    unit++
  }
  return `${count} ${units[unit]}`
}
