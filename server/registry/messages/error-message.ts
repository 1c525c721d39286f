import { problemMessage, shortened } from '../../../chart/problem-messages.ts'
import { count } from '../../../contract/domain/count.ts'
import type { Language } from '../../../contract/domain/preferences.ts'
import type { RegistryError, RegistryErrorCode } from '../core/registry-error.ts'
import { enUS } from './en-US.ts'
import { zhCN } from './zh-CN.ts'

/**
 * Returns the message of an error with its parameters: what failed, on what, and what to do. In a message, `{name}` is
 * a parameter and `{number|one|many}` a number with its noun.
 */
export function errorMessage(error: RegistryError, language: Language): string {
  if (error.problem) return problemMessage(error.problem, language)
  return MESSAGES[language][error.code].replace(PLACEHOLDER, (_, key: string, one?: string, many?: string) => {
    const value = error.params[key]
    if (value === undefined) return '?'
    if (one !== undefined && many !== undefined) return count(Number(value), one, many)
    return error.kind === 'too-large' && key === 'limit' ? bytes(Number(value)) : shortened(String(value))
  })
}

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]+)\|([^|}]+))?\}/g

const MESSAGES: Record<Language, Record<RegistryErrorCode, string>> = { 'en-US': enUS, 'zh-CN': zhCN }

/** Formats bytes in the largest unit that gives an integer: `20 MiB`. */
function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB']
  let unit = 0
  while (count >= 1024 && count % 1024 === 0 && unit < units.length - 1) {
    count /= 1024
    unit++
  }
  return `${count} ${units[unit]}`
}
