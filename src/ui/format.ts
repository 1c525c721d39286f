import type { Language } from '../../contract/domain/preferences.ts'
import { currentLanguage } from '../i18n/language.ts'

/** What stands where there is nothing to say. */
const NOTHING = '–'

/** Date and time on the reader's clock; a missing or zero time (year 1) is a dash. */
export function formatTime(iso: string | null | undefined, language: Language = currentLanguage()): string {
  return formatMoment(iso, language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
}

/** The date alone, as {@link formatTime}. */
export function formatDate(iso: string | null | undefined, language: Language = currentLanguage()): string {
  return formatMoment(iso, language, {})
}

/** Bytes in binary units with three digits at most: `4.2 KiB`, `20 MiB`. */
export function formatBytes(bytes: number, language: Language = currentLanguage()): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let unit = 0
  // 1,023.5 would be written "1,024".
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${numbers(language, digits).format(value)} ${units[unit]}`
}

/** A whole number with the language's grouping. */
export function formatNumber(number: number, language: Language = currentLanguage()): string {
  return numbers(language, 0).format(number)
}

/** The first 12 digits of a digest, enough to tell two apart by eye; an algorithm's prefix is left out. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1, digest.indexOf(':') + 13)
}

function formatMoment(iso: string | null | undefined, language: Language, time: Intl.DateTimeFormatOptions): string {
  if (!iso || iso.startsWith('0001-')) return NOTHING
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return NOTHING
  const written = moments(language, time).format(date)
  // The form that Chinese consoles write: 2026-11-20 19:36:21.
  return language === 'zh-CN' ? written.replaceAll('/', '-') : written
}

// Kept, because making one takes far longer than using it, and lists have many to write.
const numbers = kept((language: Language, digits: number) => {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits })
})
const moments = kept((language: Language, time: Intl.DateTimeFormatOptions) => {
  const month = language === 'en-US' ? 'short' : '2-digit'
  const day = language === 'en-US' ? 'numeric' : '2-digit'
  return new Intl.DateTimeFormat(language, { year: 'numeric', month, day, ...time })
})

function kept<Option, Format>(make: (language: Language, option: Option) => Format) {
  const made = new Map<string, Format>()
  return (language: Language, option: Option): Format => {
    const key = JSON.stringify([language, option])
    const format = made.get(key) ?? make(language, option)
    made.set(key, format)
    return format
  }
}
