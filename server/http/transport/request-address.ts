import type { IncomingMessage } from 'node:http'
import { isHost } from './host.ts'

/**
 * Validates the address of a request before anything else reads it: a single valid `Host`, and a target that begins with
 * a slash and has no fragment. A target in absolute form, whose authority must equal `Host`, is converted to that form.
 * HTTP/1.0 requests may have no `Host`; Node refuses HTTP/1.1 without it.
 * Returns false if the request must be refused with 400. Source: RFC 9112, 3.2.
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

/** Returns path and query of a target; undefined unless it is in origin form, or in absolute form for this host. */
function originForm(target: string, host: string | undefined): string | undefined {
  if (target.includes('#')) return undefined
  if (target.startsWith('/')) return target
  const [, authority, rest = ''] = /^https?:\/\/([^/?]*)(.*)$/i.exec(target) ?? []
  if (authority === undefined || authority.toLowerCase() !== host?.toLowerCase()) return undefined
  return rest.startsWith('/') ? rest : `/${rest}`
}
