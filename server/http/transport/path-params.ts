import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpContext } from '../http-env.ts'

/**
 * Returns the values of the `:name` segments of the matched path, percent-decoded once: `%2B` and `+` are both a plus,
 * `%252B` is `%2B`. Throws `path-malformed` if the encoding is malformed or not UTF-8.
 */
export function pathParams(c: HttpContext): Record<string, string> {
  try {
    // Hono leaves what it cannot decode as it is.
    decodeURIComponent(rawPath(c.req.url))
  } catch {
    throw new RegistryError('path-malformed')
  }
  // Params that occur only in other paths of the same handler are undefined.
  const entries = Object.entries(c.req.param() as Record<string, string | undefined>)
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** Returns the path of a URL as it was sent, still encoded. */
export function rawPath(url: string): string {
  const afterScheme = url.indexOf('://')
  const start = url.indexOf('/', afterScheme === -1 ? 0 : afterScheme + 3)
  return start === -1 ? '/' : (url.slice(start).split(/[?#]/, 1)[0] ?? '/')
}
