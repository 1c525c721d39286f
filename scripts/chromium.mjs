// Finds a Chromium for the browser tests, and on Debian installs one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
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
  const found = [own, ...SYSTEM].find((file) => existsSync(file))
  if (found) return found
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Installing Chromium (apt-get install chromium) …')
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
    if (existsSync(SYSTEM[0])) return SYSTEM[0]
  }
  return fail(
    'The browser tests need Chromium: install the package `chromium` (Debian: apt-get install chromium) or run `npx playwright install chromium`.',
  )
}

function apt(...args) {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
