import { domainEndpoints } from '../../../contract/console/domains.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { listDomains } from '../../registry/instances/domain-queries.ts'
import { replaceDomains } from '../../registry/instances/domains.ts'
import type { Api } from '../api.ts'
import { isDomainInUse } from '../helm/custom-domains.ts'
import { route } from '../route.ts'

/** Custom domains of an instance. */
export function mountDomains(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, domainEndpoints.get, async ({ instance: { id } }) => {
    const all = (await listDomains(registry.database.read, [id])).get(id) ?? []
    const [notInUse = [], domains = []] = [false, true].map((used) =>
      all.filter((domain) => isDomainInUse(domain, context.publicUrl) === used),
    )
    return { domains, notInUse }
  })

  route(api, domainEndpoints.replace, async ({ call, body }) => {
    // The host of the public URL belongs to the default instance.
    const own = new URL(context.publicUrl).hostname
    if (body.domains.includes(own)) throw new RegistryError('domain-own', { domain: own })
    return { domains: await replaceDomains(registry, call, body.domains), notInUse: [] }
  })
}
