/** Browsers all claim to be Mozilla, and most of them Chrome and Safari: the first that is found is the one. */
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*\bSafari\//],
] as const

/** What a person calls the program that calls itself this (RFC 9110, `User-Agent`): `Helm 3.14.0`, `Firefox 140`. */
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
