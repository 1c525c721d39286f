import { RegistryError } from '../../registry/core/registry-error.ts'
import { listCatalog } from '../../registry/oci/catalog.ts'
import type { Api } from '../api.ts'
import { checkAllowed, route } from '../route.ts'
import { catalogEndpoints } from './endpoints.ts'
import { LONGEST_PAGE, pageSize } from './tags.ts'

/**
 * Lists the repositories that the caller may read, a page at a time. In no specification, but `oras repo ls`,
 * `crane catalog` and `regctl repo ls` ask for it. Source: CNCF distribution `docs/content/spec/api.md`, "Catalog".
 */
export function mountCatalog(api: Api): void {
  const { registry } = api.context

  for (const endpoint of [catalogEndpoints.list, catalogEndpoints.listOfInstance]) {
    route(api, endpoint, async ({ call, grant, http, instance }) => {
      // Without a credential the response is a challenge, because after a 200 clients would not send the credential they
      // have. Those without one get an anonymous token, which lists what is public.
      if (!grant && call.caller.kind === 'anonymous') throw new RegistryError('credential-missing')
      if (grant && !grant.catalog) throw new RegistryError('token-scope-missing')
      // Names must be returned as the client has to write them.
      const prefix = endpoint === catalogEndpoints.listOfInstance ? `${instance.id}/` : ''
      const { n, last = '' } = http.req.query()
      const limit = Math.min(pageSize(n), LONGEST_PAGE)
      const after = last.startsWith(prefix) ? last.slice(prefix.length) : last
      const found = await listCatalog(registry, call, { after, limit: limit + 1 })
      if (found === null) checkAllowed(api, { http, ...call }, 'read', { instance: instance.id })
      const names = found ?? []
      const page = names.slice(0, limit).map((name) => prefix + name)
      const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(limit) })
      if (limit > 0 && names.length > limit) http.header('Link', `</v2/${prefix}_catalog?${next}>; rel="next"`)
      http.header('Cache-Control', 'no-store')
      return http.json({ repositories: page })
    })
  }
}
