import { TrieRouter } from 'hono/router/trie-router'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'

/**
 * Refuses requests at and under `prefixes` that no route before took: 405 with `Allow` if `app` has the path with other
 * methods, else 404. Throws `path-missing`, `method-not-allowed`.
 */
export function mountUnknown(app: HttpApp, prefixes: readonly string[]): void {
  let known: TrieRouter<string> | undefined
  const refuse = (c: HttpContext): never => {
    known ??= methodsByPath(app)
    const methods = new Set(known.match('ALL', c.req.path)[0].map(([method]) => method))
    if (methods.has('GET')) methods.add('HEAD')
    if (methods.size === 0) throw new RegistryError('path-missing', { path: c.req.path })
    c.header('Allow', [...methods].sort().join(', '))
    throw new RegistryError('method-not-allowed', { method: c.req.method, path: c.req.path })
  }
  for (const prefix of prefixes) app.use(`${prefix}/*`, refuse)
}

/** Refuses an address outside of all APIs; usually one of a repository without `/chartrepo`. */
export function refuseUnknownAddress(): never {
  throw new RegistryError('address-unknown')
}

/** Methods of routes by path. Middleware, which is mounted for all methods, is left out. */
function methodsByPath(app: HttpApp): TrieRouter<string> {
  const router = new TrieRouter<string>()
  for (const { method, path } of app.routes) if (method !== 'ALL') router.add('ALL', path, method)
  return router
}
