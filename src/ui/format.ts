import type { Language } from '../../contract/domain/preferences.ts'
import { currentLanguage } from '../i18n/language.ts'

/** Placeholder for a missing value. */
const NOTHING = '–'

/** Formats date and time in the browser's time zone; a missing or zero time (year 1) is a dash. */
export function formatTime(iso: string | null | undefined, language: Language = currentLanguage()): string {
  return formatDateTime(iso, language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
}

/** Formats the date only, otherwise as {@link formatTime}. */
export function formatDate(iso: string | null | undefined, language: Language = currentLanguage()): string {
  return formatDateTime(iso, language, {})
}

/** Formats bytes in binary units with at most three digits, except below 1 KiB: `4.2 KiB`, `20 MiB`. */
export function formatBytes(bytes: number, language: Language = currentLanguage()): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let unit = 0
  // 1,023.5 would be rounded to "1,024".
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${numberFormat(language, digits).format(value)} ${units[unit]}`
}

/** Formats an integer with the language's digit grouping. */
export function formatNumber(number: number, language: Language = currentLanguage()): string {
  return numberFormat(language, 0).format(number)
}

/** Returns the first 12 hexadecimal digits of a digest, with or without an algorithm prefix. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1, digest.indexOf(':') + 13)
}

function formatDateTime(iso: string | null | undefined, language: Language, time: Intl.DateTimeFormatOptions): string {
  if (!iso || iso.startsWith('0001-')) return NOTHING
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return NOTHING
  const formatted = dateFormat(language, time).format(date)
  // The usual format of Chinese consoles: 2026-11-20 19:36:21.
  return language === 'zh-CN' ? formatted.replaceAll('/', '-') : formatted
}

// Creating a format takes far longer than using it, and a list has many values to format.
const numberFormat = memoized((language: Language, digits: number) => {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits })
})
const dateFormat = memoized((language: Language, time: Intl.DateTimeFormatOptions) => {
  const month = language === 'en-US' ? 'short' : '2-digit'
  const day = language === 'en-US' ? 'numeric' : '2-digit'
  return new Intl.DateTimeFormat(language, { year: 'numeric', month, day, ...time })
})

function memoized<Option, Format>(create: (language: Language, option: Option) => Format) {
  const formats = new Map<string, Format>()
  return (language: Language, option: Option): Format => {
    const key = JSON.stringify([language, option])
    const format = formats.get(key) ?? create(language, option)
    formats.set(key, format)
    return format
  }
}
