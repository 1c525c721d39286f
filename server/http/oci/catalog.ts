import { RegistryError } from '../../registry/core/registry-error.ts'
import { listCatalog } from '../../registry/oci/catalog.ts'
import type { Context } from '../context.ts'
import { checkAllowed, doorRoute } from '../helm/door-route.ts'
import type { HttpApp } from '../http-env.ts'
import { ociDoor } from './oci-door.ts'
import { LONGEST_PAGE, pageSize } from './tags.ts'

const paths = ['/v2/_catalog', '/v2/:instanceId{ccr-[0-9a-z]{8}}/_catalog']

/**
 * Lists the repositories that the caller may read, a page at a time. In no specification, but `oras repo ls`,
 * `crane catalog` and `regctl repo ls` ask for it. Source: CNCF distribution `docs/content/spec/api.md`, "Catalog".
 */
export function mountCatalog(app: HttpApp, context: Context): void {
  doorRoute(
    app,
    context,
    { door: ociDoor, method: 'GET', paths, needs: 'nothing', about: 'instance' },
    async ({ call, grant, http, params }) => {
      // A request without any credential is challenged: an answer would keep clients from sending the one they have.
      // Who has none gets a token all the same, and with it what is public.
      if (!grant && call.caller.kind === 'anonymous') throw new RegistryError('credential-missing')
      if (grant && !grant.catalog) throw new RegistryError('token-scope-missing')
      // Names as the client must write them.
      const prefix = params.instanceId === undefined ? '' : `${params.instanceId}/`
      const { n, last = '' } = http.req.query()
      const limit = Math.min(pageSize(n), LONGEST_PAGE)
      const after = last.startsWith(prefix) ? last.slice(prefix.length) : last
      const found = await listCatalog(context.registry, call, { after, limit: limit + 1 })
      if (found === null) checkAllowed(call.caller, 'read', { instance: call.instance })
      const names = found ?? []
      const page = names.slice(0, limit).map((name) => prefix + name)
      const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(limit) })
      if (limit > 0 && names.length > limit) http.header('Link', `</v2/${prefix}_catalog?${next}>; rel="next"`)
      http.header('Cache-Control', 'no-store')
      return http.json({ repositories: page })
    },
  )
}
