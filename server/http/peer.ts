import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { type Network, networkCheck } from '../networks.ts'
import type { HttpContext, HttpEnv } from './http-env.ts'

/** The other end of a request, as far as it can be believed. */
export interface Peer {
  /** Network address; `unknown` without a listener. */
  readonly address: string
  /** The host and port that the client asked for. */
  readonly host: string | undefined
  /** Of what the client asked with, when a proxy that is trusted says it. */
  readonly scheme: 'http' | 'https' | undefined
}

/** A name or an address, and a port where there is one. */
const HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i

/**
 * Finds out who is at the other end. What `X-Forwarded-For`, `-Proto` and `-Host` say counts only when the connection
 * comes from one of `proxies`: anybody else could say anything.
 */
export function peers(proxies: readonly Network[]): MiddlewareHandler<HttpEnv> {
  const isTrusted = networkCheck(proxies)
  return async (c, next) => {
    c.set('peer', peerOf(c, isTrusted))
    await next()
  }
}

function peerOf(c: HttpContext, isTrusted: (address: string) => boolean): Peer {
  const address = c.env?.incoming?.socket.remoteAddress ?? 'unknown'
  const host = c.req.header('host')
  if (!isTrusted(address)) return { address, host, scheme: undefined }
  const forwardedHost = lastOf(c.req.header('x-forwarded-host'))
  const scheme = lastOf(c.req.header('x-forwarded-proto'))?.toLowerCase()
  return {
    address: beyond(address, listOf(c.req.header('x-forwarded-for')), isTrusted),
    host: forwardedHost !== undefined && HOST.test(forwardedHost) ? forwardedHost : host,
    scheme: scheme === 'http' || scheme === 'https' ? scheme : undefined,
  }
}

/** The nearest address that is no proxy of ours: whatever is written before it, the client may have written itself. */
function beyond(address: string, forwarded: string[], isTrusted: (address: string) => boolean): string {
  let nearest = address
  while (isTrusted(nearest)) {
    const next = forwarded.pop()?.replace(/^(\d+(?:\.\d+){3}):\d+$|^\[([^\]]*)\](?::\d+)?$/, '$1$2')
    if (next === undefined || isIP(next) === 0) break
    nearest = next
  }
  return nearest
}

/** What the proxy next to us wrote; it stands last where it was added to what had come. */
function lastOf(header: string | undefined): string | undefined {
  return listOf(header).pop()
}

function listOf(header: string | undefined): string[] {
  return (header ?? '').split(',').flatMap((part) => part.trim() || [])
}
