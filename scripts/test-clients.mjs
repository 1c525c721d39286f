// `npm run test:clients`: tests clients that are too large for a dependency, installed into a temporary folder, against
// a separate server. Not part of `npm test`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail, install, run, runtimeNode } from './toolbox.mjs'

const RENOVATE = 'renovate@39.264.1'

install('all')
const node = runtimeNode()
if (spawnSync('git', ['--version']).status !== 0) fail('Renovate needs git, which is not installed.')
const folder = mkdtempSync(join(tmpdir(), 'chartroom-clients-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

console.log(`Installing ${RENOVATE} into a temporary folder (about 500 MB, removed at the end) …`)
const npm = process.env.npm_execpath
const args = ['install', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error', RENOVATE]
const done = npm
  ? spawnSync(process.execPath, [npm, ...args], { cwd: folder, stdio: 'inherit' })
  : spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
if (done.status !== 0) fail(`${RENOVATE} could not be installed: see above.`)
process.exitCode = run(node, [join('scripts', 'renovate.ts'), folder])
