/**
 * Returns `to` if browsers read it as a path of this server, else null. A path that starts with two slashes, or with a
 * backslash, which browsers read as a slash, would lead to another server.
 */
export function safeReturnPath(to: string | null | undefined): string | null {
  if (!to || !isOwn(to)) return null
  // Characters that the URL parser drops (tabs, line feeds) or collapses (`/.//`) could hide a second slash.
  const url = URL.parse(to, 'http://server.invalid')
  if (url?.origin !== 'http://server.invalid' || !isOwn(url.pathname)) return null
  return `${url.pathname}${url.search}${url.hash}`
}

function isOwn(path: string): boolean {
  return /^\/(?![/\\])/.test(path)
}
