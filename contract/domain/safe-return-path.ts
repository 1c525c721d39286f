/**
 * `to` when it is a path of this very server, as a browser would read it; else null. A path that starts with two
 * slashes, or with a backslash that browsers read as one, would lead to another server.
 */
export function safeReturnPath(to: string | null | undefined): string | null {
  if (!to || !isOwn(to)) return null
  // What the URL parser drops (tabs, line feeds) or takes together (`/.//`) may hide a second slash.
  const url = URL.parse(to, 'http://server.invalid')
  if (url?.origin !== 'http://server.invalid' || !isOwn(url.pathname)) return null
  return `${url.pathname}${url.search}${url.hash}`
}

function isOwn(path: string): boolean {
  return /^\/(?![/\\])/.test(path)
}
