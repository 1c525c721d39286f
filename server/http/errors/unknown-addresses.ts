import { TrieRouter } from 'hono/router/trie-router'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'

/**
 * Refuses what no route before it took, at and under each of `prefixes`: 405 with `Allow` where the path is known
 * with other methods, else 404.
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

/** Refuses an address outside of every API. Most who ask have left `/chartrepo` out of the address of a repository. */
export function refuseUnknownAddress(): never {
  throw new RegistryError('address-unknown')
}

/** The methods of the routes by their paths. What is mounted for all methods is no route. */
function methodsByPath(app: HttpApp): TrieRouter<string> {
  const router = new TrieRouter<string>()
  for (const { method, path } of app.routes) if (method !== 'ALL') router.add('ALL', path, method)
  return router
}
