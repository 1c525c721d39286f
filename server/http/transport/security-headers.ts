/** Of the console and its scripts. antd writes its styles into the page, hence `unsafe-inline` for them, and for them alone. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** Of everything else: archives, icons and manifests are somebody else's bytes, and whatever opens them runs nothing. */
const BYTES_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** What every answer of the built console says to a browser, … */
export const CONSOLE_HEADERS = { 'Content-Security-Policy': CONSOLE_POLICY, ...HEADERS }

/** … and what every other answer does, whatever it is: it runs nothing. */
export const BYTES_HEADERS = { 'Content-Security-Policy': BYTES_POLICY, ...HEADERS }
