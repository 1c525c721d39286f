// Builds the console into dist/, with precompressed copies of its files.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { command, fail, install, newestChange, root, run, runtimeNode } from './toolbox.mjs'

const SOURCES = ['index.html', 'vite.config.ts', 'package-lock.json', 'public', 'src', 'contract', 'chart']
const COMPRESSIBLE = /\.(js|css|html|svg|json|txt)$/

/** Builds the console if its sources have changed since the last build. */
export function buildIfStale(node) {
  const built = join(root, 'dist', 'index.html.br')
  const sources = SOURCES.map((name) => join(root, name))
  if (existsSync(built) && statSync(built).mtimeMs > newestChange(sources)) return
  build(node)
}

function build(node) {
  console.log('Building the console …')
  if (run(node, [command('vite'), 'build', '--logLevel', 'warn']) !== 0)
    fail('The console could not be built: see above.')
  compress(join(root, 'dist'))
}

function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name)
    if (entry.isDirectory()) compress(file)
    else if (COMPRESSIBLE.test(entry.name)) {
      const bytes = readFileSync(file)
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install('run')
  build(runtimeNode())
}
