import * as z from 'zod/mini'
import { isDomain } from '../domain/domain-name.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Custom domains of an instance at most. */
export const DOMAINS_LIMIT = 20

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
  action: 'instance.domains',
  params,
  query: nothing,
  body: z.object({ domains: z.array(domain).check(z.maxLength(DOMAINS_LIMIT, 'at-most-20')) }),
  response: Domains,
})
