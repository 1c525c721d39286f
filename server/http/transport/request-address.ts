import type { IncomingMessage } from 'node:http'
import { isHost } from './host.ts'

/**
 * Checks where a request is addressed, before anything else reads it: one `Host`, which is a host and nothing more, and
 * a target that begins with a slash and has no fragment. The absolute form of a target is brought into that form; its
 * authority must be that of `Host`. A request of HTTP/1.0 may come without `Host`; Node refuses those of HTTP/1.1.
 * Answers false when the request must be refused with 400. Source: RFC 9112, 3.2.
 */
export function acceptAddress(incoming: IncomingMessage): boolean {
  const hosts = incoming.headersDistinct.host ?? []
  const [host] = hosts
  if (hosts.length > 1 || (host !== undefined && !isHost(host))) return false
  const target = originForm(incoming.url ?? '', host)
  if (target === undefined) return false
  incoming.url = target
  return true
}

/** The path and query of a target; undefined when it is neither in origin form nor in absolute form for this host. */
function originForm(target: string, host: string | undefined): string | undefined {
  if (target.includes('#')) return undefined
  if (target.startsWith('/')) return target
  const [, authority, rest = ''] = /^https?:\/\/([^/?]*)(.*)$/i.exec(target) ?? []
  if (authority === undefined || authority.toLowerCase() !== host?.toLowerCase()) return undefined
  return rest.startsWith('/') ? rest : `/${rest}`
}
