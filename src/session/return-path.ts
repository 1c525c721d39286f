import { paths } from '../paths.ts'

/**
 * Where to go after sign-in: `to` when it is a path of this very console, else the instance list. A path that starts
 * with two slashes, or with a backslash that browsers read as one, would lead to another server.
 */
export function returnPath(to: string | null): string {
  if (!to || !/^\/(?![/\\])/.test(to)) return paths.instances()
  // What the URL parser drops (tabs, line feeds) may hide a second slash.
  const url = new URL(to, 'http://console.invalid')
  if (url.origin !== 'http://console.invalid' || url.pathname === paths.signIn()) return paths.instances()
  return `${url.pathname}${url.search}${url.hash}`
}
