// Shared code of the scripts. Plain JavaScript, because on a fresh clone it runs under whichever Node is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const OLDEST_NODE = 24

/** Arguments of Node that run the server. docs/performance.md explains the flags. */
export const SERVER = JSON.parse(readFileSync(join(root, 'server', 'arguments.json'), 'utf8'))

/** Prints a line and exits with code 1. */
export function fail(line) {
  console.error(line)
  process.exit(1)
}

/**
 * Installs the packages of the lockfile unless they are installed: with `run` those for building and running, with `all`
 * also those for tests and development.
 */
export function install(packages) {
  if (isInstalled(packages)) return
  console.log('Installing packages (npm ci) …')
  // npm sets npm_execpath for its scripts. The flags override NODE_ENV and npm's configuration.
  const npm = process.env.npm_execpath
  const args = [
    'ci',
    packages === 'all' ? '--include=dev' : '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.status !== 0) fail('npm ci failed: see above. It needs access to the npm registry.')
}

/** Compares the lockfile with npm's list of installed packages. */
function isInstalled(packages) {
  const list = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const installed = packagesIn(list)
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(([path, expected]) => {
    const found = installed[path]
    if (path === '' || expected.link || (expected.dev && packages !== 'all')) return true
    // Optional packages for other platforms are absent.
    if (!found) return expected.optional === true || expected.devOptional === true
    return found.version === expected.version && found.integrity === expected.integrity
  })
}

function packagesIn(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages
}

/** Path of the Node to run Chartroom: the one from the npm packages, else the current one if it is new enough. */
export function runtimeNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  for (const folder of [`node-${platform}`, `node-bin-${platform}`]) {
    const file = join(root, 'node_modules', folder, 'bin', name)
    // A build for another C library (such as Alpine's) exists but does not run.
    if (existsSync(file) && spawnSync(file, ['--version']).status === 0) return file
  }
  const major = Number(process.versions.node.split('.')[0])
  if (major >= OLDEST_NODE) return process.execPath
  return fail(
    `Chartroom needs Node ${OLDEST_NODE} or later; this is ${process.version} on ${platform}, and npm has no newer one for it.`,
  )
}

/** Environment for child processes, with the given Node first in PATH. */
export function environment(node, more = {}) {
  return { ...process.env, ...more, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
}

/** Runs a script or a package's command and returns its exit code. */
export function run(node, args, more = {}) {
  return spawnSync(node, args, { cwd: root, stdio: 'inherit', env: environment(node, more) }).status ?? 1
}

/** Starts a process, forwards signals to it, and exits with its exit code. */
export function become(node, args, more = {}) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environment(node, more) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
  return child
}

/** Path of the command of an installed package. */
export function command(name) {
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
  return join(root, 'node_modules', name, typeof bin === 'string' ? bin : Object.values(bin)[0])
}

/** Time of the latest change to the given files and folders, in milliseconds. */
export function newestChange(paths) {
  const times = paths.map((path) => {
    const stat = statSync(path)
    return stat.isDirectory() ? newestChange(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs
  })
  return Math.max(0, ...times)
}
