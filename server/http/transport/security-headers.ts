/** Policy of the console. `unsafe-inline` only for styles, which antd writes into the page. */
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

/** Policy of all other responses, whose bytes may come from anyone: nothing in them runs. */
const BYTES_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Security headers of the built console. */
export const CONSOLE_HEADERS = { 'Content-Security-Policy': CONSOLE_POLICY, ...HEADERS }

/** Security headers of all other responses. */
export const BYTES_HEADERS = { 'Content-Security-Policy': BYTES_POLICY, ...HEADERS }
