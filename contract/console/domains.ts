import * as z from 'zod/mini'
import { isDomain } from '../domain/domain-name.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Maximum number of custom domains of an instance. */
export const DOMAINS_LIMIT = 20

const domain = z.string().check(z.trim(), z.toLowerCase(), z.refine(isDomain, 'domain-name'))

/** Custom domains of an instance. `notInUse` are stored domains that break today's rules and do not lead to it. */
export const Domains = z.object({ domains: z.array(z.string()), notInUse: z.array(z.string()) })
export type Domains = z.infer<typeof Domains>

const path = '/console/instances/:instanceId/domains'
const params = z.object({ instanceId: z.string() })

export const domainEndpoints = {
  get: endpoint({
    method: 'GET',
    path,
    needs: 'read',
    about: 'instance',
    params,
    query: nothing,
    body: 'none',
    response: Domains,
  }),

  /**
   * Replaces all domains, including those not in use. 409 names the first one that another instance has. Hosts are shared
   * by all instances, so administrators of an instance cannot assign them.
   */
  replace: endpoint({
    method: 'PUT',
    path,
    needs: 'administer-registry',
    about: 'instance',
    action: 'instance.domains',
    params,
    query: nothing,
    body: z.object({ domains: z.array(domain).check(z.maxLength(DOMAINS_LIMIT, 'at-most-20')) }),
    response: Domains,
  }),
}
