import type { Language } from '../../../contract/domain/preferences.ts'

/** Returns the preferred language in `Accept-Language` (RFC 9110, 12.5.4) of those available, else English. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? '').split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { range, weight: weight === undefined ? 1 : Number(weight) || 0 }
  })
  const known = ranges.filter(({ range, weight }) => weight > 0 && /^(zh|en|\*)(-|$)/.test(range))
  // The sort is stable: of equal weights the first one wins.
  const best = known.sort((a, b) => b.weight - a.weight)[0]
  return best?.range.startsWith('zh') ? 'zh-CN' : 'en-US'
}
