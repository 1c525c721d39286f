// Finds a Chromium for the browser tests, and on Debian installs one.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { programOfDebian } from './debian.mjs'
import { fail } from './toolbox.mjs'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium: Playwright's own, the system's, or Debian's package, installed now. */
export function chromium() {
  const own = createRequire(import.meta.url)('playwright-core').chromium.executablePath()
  const found = [own, ...SYSTEM].find((file) => existsSync(file)) ?? programOfDebian('chromium')
  return (
    found ??
    fail(
      'The browser tests need Chromium: install the package `chromium` (Debian: apt-get install chromium) or run `npx playwright install chromium`.',
    )
  )
}
