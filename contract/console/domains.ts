import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Custom domains of an instance at most. */
export const DOMAINS_LIMIT = 20

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Whether this is a host name that can lead to an instance: lower case, no port, and no IP address (RFC 1123, 2.1). */
export function isDomain(text: string): boolean {
  const labels = text.split('.')
  return text.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '')
}

const domain = z.string().check(z.trim(), z.toLowerCase(), z.refine(isDomain, 'domain-name'))

/** By which hosts Helm clients reach an instance, besides its ID in the path. */
export const Domains = z.object({ domains: z.array(z.string()) })
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

/** Replaces all of them. 409 that names the first one that leads elsewhere already. */
export const replaceDomains = endpoint({
  method: 'PUT',
  path,
  needs: 'administer',
  does: 'instance.domains',
  params,
  query: nothing,
  body: z.object({ domains: z.array(domain).check(z.maxLength(DOMAINS_LIMIT, 'at-most-20')) }),
  response: Domains,
})
