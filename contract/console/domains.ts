import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Custom domains of an instance at most. */
export const DOMAINS_LIMIT = 20

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Names that every machine has for itself (RFC 6761, 6.3; the second by the hosts file of many Linux distributions). */
const LOOPBACK = /(^|\.)(localhost|localhost\.localdomain)$/

/**
 * Whether this is a host name that can lead to an instance: lower case, two labels at least, no port (RFC 1123, 2.1).
 * Names that mean another host for each client are refused: `localhost`, IP addresses, single labels.
 */
export function isDomain(text: string): boolean {
  const labels = text.split('.')
  const isAddress = /^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')
  const isName = text.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label))
  return isName && !isAddress && !LOOPBACK.test(text)
}

const domain = z.string().check(z.trim(), z.toLowerCase(), z.refine(isDomain, 'domain-name'))

/** The custom domains of an instance: those that lead Helm clients to it, and those that break the rules of today. */
export const Domains = z.object({ domains: z.array(z.string()), notInUse: z.array(z.string()) })
export type Domains = z.infer<typeof Domains>

const path = '/console/instances/:instanceId/domains'
const params = z.object({ instanceId: z.string() })

export const getDomains = endpoint({
  method: 'GET',
  path,
  needs: 'read',
  params,
  query: nothing,
  body: 'none',
  response: Domains,
})

/**
 * Replaces all of them, those not in use included. 409 that names the first one that leads elsewhere already. Hosts are
 * shared by all instances, so the administrator of one cannot assign them.
 */
export const replaceDomains = endpoint({
  method: 'PUT',
  path,
  needs: 'administer-registry',
  does: 'instance.domains',
  params,
  query: nothing,
  body: z.object({ domains: z.array(domain).check(z.maxLength(DOMAINS_LIMIT, 'at-most-20')) }),
  response: Domains,
})
