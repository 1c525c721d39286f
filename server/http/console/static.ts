import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { rawPath } from '../transport/path-params.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const INDEX = 'index.html'

/** Compressed files that the build writes beside the originals, best first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * Serves the built console from `folder` to GET and HEAD. Paths that are not files get `index.html` if the request accepts
 * a page; all others go on to the next routes. Names of files under `assets/` contain their hash.
 */
export function mountStatic(app: HttpApp, folder: string): void {
  app.use('*', async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    const path = filePath(folder, c.req.url)
    if (path === null) return next()
    const isAsset = /^\/assets(\/|$)/.test(c.req.path)
    const index = join(folder, INDEX)
    const found = path === index ? null : await send(c, path, isAsset)
    if (found) return found
    if (isAsset || !acceptsPage(c)) return next()
    return (await send(c, index, false)) ?? notBuilt(c)
  })
}

/**
 * Whether the request may be answered with the console's page. Browsers navigate with `Accept: text/html`. Programs must
 * not get the page instead of a missing chart or index: helm saves whatever comes with a 200.
 */
function acceptsPage(c: HttpContext): boolean {
  return /\btext\/html\b/i.test(c.req.header('accept') ?? '') && !/\.(tgz|prov|yaml)$/i.test(c.req.path)
}

/** Returns the file for the path of `url`; null if that is outside of `folder` or malformed. */
function filePath(folder: string, url: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(rawPath(url))
  } catch {
    return null
  }
  if (/[\0\\]/.test(path)) return null
  const root = resolve(folder)
  const file = resolve(root, `.${path}`)
  return file === root || file.startsWith(root + sep) ? file : null
}

async function send(c: HttpContext, path: string, isImmutable: boolean): Promise<Response | null> {
  const plain = await fileAt(path)
  if (!plain) return null
  c.set('isConsole', true)
  let served = { path, stats: plain, encoding: '' }
  for (const [encoding, suffix] of ENCODINGS) {
    if (!accepts(c.req.header('accept-encoding'), encoding)) continue
    const stats = await fileAt(path + suffix)
    if (!stats) continue
    served = { path: path + suffix, stats, encoding }
    break
  }
  const entityTag = `"${served.stats.size.toString(16)}-${Math.trunc(served.stats.mtimeMs).toString(16)}${served.encoding}"`
  c.header('Vary', extname(path) === '.html' ? 'Accept, Accept-Encoding' : 'Accept-Encoding')
  c.header('ETag', entityTag)
  c.header('Cache-Control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (c.req.header('if-none-match')?.includes(entityTag)) return c.body(null, 304)
  c.header('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream')
  c.header('Content-Length', String(served.stats.size))
  if (served.encoding) c.header('Content-Encoding', served.encoding)
  return c.req.method === 'HEAD' ? c.body(null) : c.body(new Uint8Array(await readFile(served.path)))
}

async function fileAt(path: string): Promise<Stats | null> {
  const stats = await stat(path).catch(() => null)
  return stats?.isFile() ? stats : null
}

/** Whether an `Accept-Encoding` header accepts this coding (RFC 9110, 12.5.3). */
function accepts(header: string | undefined, encoding: string): boolean {
  return (header ?? '').split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}

function notBuilt(c: HttpContext): Response {
  c.header('Cache-Control', 'no-store')
  return c.text('The registry is running, but its console is not built. Build it with: npm run build\n', 503)
}
