import { RegistryError } from '../../registry/core/registry-error.ts'
import { listTags } from '../../registry/oci/manifest-queries.ts'
import { findRepository } from '../../registry/oci/repository-queries.ts'
import type { Context } from '../context.ts'
import { doorRoute } from '../helm/door-route.ts'
import type { HttpApp } from '../http-env.ts'
import { ociDoor, repositoryOf } from './oci-door.ts'

/** Names in one answer at most: oras-go reads no more than 4 MiB, a tag has up to 128 characters and a repository 255. */
export const LONGEST_PAGE = 10_000

/** The tags of a repository in lexical order, a page at a time. distribution-spec: end-8. */
export function mountTags(app: HttpApp, context: Context): void {
  const { read } = context.registry.database

  doorRoute(
    app,
    context,
    { door: ociDoor, method: 'GET', paths: ['/v2/:name{.+}/tags/list'], needs: 'read', about: 'namespace' },
    async ({ http, namespace, params }) => {
      const repository = await findRepository(read, namespace.id, repositoryOf(params))
      if (!repository) throw new RegistryError('repository-missing', { repository: params.name ?? '' })
      const { n, last = '' } = http.req.query()
      const limit = Math.min(pageSize(n), LONGEST_PAGE)
      // One more, to know whether there is more.
      const tags = limit === 0 ? [] : await listTags(read, repository.id, { after: last, limit: limit + 1 })
      const page = tags.slice(0, limit)
      const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(limit) })
      if (tags.length > limit) http.header('Link', `</v2/${params.name}/tags/list?${next}>; rel="next"`)
      http.header('Cache-Control', 'no-store')
      return http.json({ name: params.name, tags: page })
    },
  )
}

/** Names that the query `n` asks for. Throws `field-whole-number`. */
export function pageSize(n: string | undefined): number {
  if (n === undefined) return LONGEST_PAGE
  if (!/^\d{1,9}$/.test(n)) throw new RegistryError('field-whole-number', { field: 'n' })
  return Number(n)
}
