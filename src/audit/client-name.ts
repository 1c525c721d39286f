/** In this order, the first match wins: most browsers also claim to be Chrome or Safari. */
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*\bSafari\//],
] as const

/** Short name of a client from its `User-Agent` header (RFC 9110): `Helm 3.14.0`, `Firefox 140`. */
export function clientName(userAgent: string): string {
  if (userAgent.startsWith('Mozilla/')) {
    for (const [name, pattern] of BROWSERS) {
      const version = pattern.exec(userAgent)?.[1]
      if (version) return `${name} ${version}`
    }
  }
  const [first = ''] = userAgent.split(' ')
  return first.replace('/', ' ')
}
