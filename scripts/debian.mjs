// Installs programs that the tests need and npm does not have, on Debian as root.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Path of a program, installed now from the Debian package of that name if missing and possible; else undefined. */
export function programOfDebian(name) {
  const path = `/usr/bin/${name}`
  if (!existsSync(path) && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log(`Installing ${name} (apt-get install ${name}) …`)
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', name)
  }
  return existsSync(path) ? path : undefined
}

function apt(...args) {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
