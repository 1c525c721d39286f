import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Client, HttpContext } from '../http-env.ts'
import { isHost } from './host.ts'

/** Whether an address is that of a proxy whose word about a request is taken. */
export type TrustedProxies = (address: string) => boolean

/** Those at these addresses and networks (`10.0.0.0/8`), and those that the library has a name for: `loopback`, `uniquelocal`. */
export function trustIn(proxies: readonly string[]): TrustedProxies {
  const trusts = proxyAddr.compile([...proxies])
  return (address) => trusts(address, 0)
}

/** Whether {@link trustIn} knows what is meant by each. */
export function areProxies(proxies: readonly string[]): boolean {
  try {
    return Boolean(trustIn(proxies))
  } catch {
    return false
  }
}

/**
 * Returns the other end of a request. Anybody can send `X-Forwarded-*`: they count when the connection comes from a
 * trusted proxy, and of the addresses in `X-Forwarded-For` the last one that is not such a proxy's. The listener has
 * checked `Host`. Throws `header-invalid` when a trusted proxy sends an `X-Forwarded-Host` that is not a host.
 */
export function clientOf(c: HttpContext, isTrusted: TrustedProxies): Client {
  const incoming = c.env?.incoming
  const connected = incoming?.socket.remoteAddress
  const host = c.req.header('host')
  if (!incoming || connected === undefined) return { address: 'unknown', host, secure: false }
  if (!isTrusted(connected)) return { address: connected, host, secure: false }
  const told = proxyAddr(incoming, isTrusted)
  return {
    address: isIP(told) ? told : connected,
    host: forwardedHost(c.req.header('x-forwarded-host')) ?? host,
    secure: firstOf(c.req.header('x-forwarded-proto'))?.toLowerCase() === 'https',
  }
}

function forwardedHost(header: string | undefined): string | undefined {
  const host = firstOf(header)
  if (host !== undefined && !isHost(host)) throw new RegistryError('header-invalid', { header: 'X-Forwarded-Host' })
  return host
}

/** What the proxy that the client spoke to has said; those behind it add theirs. */
function firstOf(header: string | undefined): string | undefined {
  return header?.split(',')[0]?.trim() || undefined
}
