import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Client, HttpContext } from '../http-env.ts'
import { isHost } from './host.ts'

/** Whether an address is that of a proxy whose `X-Forwarded-*` headers are trusted. */
export type TrustedProxies = (address: string) => boolean

/** Trusts addresses, networks (`10.0.0.0/8`), and the names that `proxy-addr` knows: `loopback`, `uniquelocal`. */
export function trustIn(proxies: readonly string[]): TrustedProxies {
  const trusts = proxyAddr.compile([...proxies])
  return (address) => trusts(address, 0)
}

/** Whether {@link trustIn} accepts all of them. */
export function areProxies(proxies: readonly string[]): boolean {
  try {
    return Boolean(trustIn(proxies))
  } catch {
    return false
  }
}

/**
 * Returns the client of a request. `X-Forwarded-*` headers count only on connections from a trusted proxy; of the
 * addresses in `X-Forwarded-For`, the last one that is not a trusted proxy. The listener has validated `Host`.
 * Throws `header-invalid` for an `X-Forwarded-Host` of a trusted proxy that is not a host.
 */
export function clientOf(c: HttpContext, isTrusted: TrustedProxies): Client {
  const incoming = c.env?.incoming
  const connected = incoming?.socket.remoteAddress
  const host = c.req.header('host')
  if (!incoming || connected === undefined) return { address: 'unknown', host, secure: false }
  if (!isTrusted(connected)) return { address: connected, host, secure: false }
  const forwarded = proxyAddr(incoming, isTrusted)
  return {
    address: isIP(forwarded) ? forwarded : connected,
    host: forwardedHost(c.req.header('x-forwarded-host')) ?? host,
    secure: firstOf(c.req.header('x-forwarded-proto'))?.toLowerCase() === 'https',
  }
}

function forwardedHost(header: string | undefined): string | undefined {
  const host = firstOf(header)
  if (host !== undefined && !isHost(host)) throw new RegistryError('header-invalid', { header: 'X-Forwarded-Host' })
  return host
}

/** Returns the value of the first proxy, to which the client connected; later proxies append theirs. */
function firstOf(header: string | undefined): string | undefined {
  return header?.split(',')[0]?.trim() || undefined
}
