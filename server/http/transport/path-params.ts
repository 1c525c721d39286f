/**
 * The values of the `:name` segments of `pattern` in `url`, percent-decoded once: `%2B` and `+` are both a plus,
 * `%252B` is `%2B`. Null when the encoding is malformed or not UTF-8. The path must match the pattern.
 */
export function pathParams(pattern: string, url: string): Record<string, string> | null {
  const segments = rawPath(url).split('/')
  const params: Record<string, string> = {}
  try {
    for (const [index, segment] of pattern.split('/').entries()) {
      if (segment.startsWith(':')) params[segment.slice(1)] = decodeURIComponent(segments[index] ?? '')
    }
  } catch {
    return null
  }
  return params
}

/** The path as it was sent, still encoded. */
export function rawPath(url: string): string {
  const afterScheme = url.indexOf('://')
  const start = url.indexOf('/', afterScheme === -1 ? 0 : afterScheme + 3)
  return start === -1 ? '/' : (url.slice(start).split(/[?#]/, 1)[0] ?? '/')
}
