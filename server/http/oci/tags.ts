import { RegistryError } from '../../registry/core/registry-error.ts'
import { listTags } from '../../registry/oci/manifest-queries.ts'
import { findRepository } from '../../registry/oci/repository-queries.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'
import { tagEndpoints } from './endpoints.ts'
import { repositoryOf } from './repository-address.ts'

/** Maximum number of names on a page: oras-go reads at most 4 MiB; a tag has up to 128 characters, a repository 255. */
export const LONGEST_PAGE = 10_000

/** Lists the tags of a repository in lexical order, a page at a time. */
export function mountTags(api: Api): void {
  const { read } = api.context.registry.database

  route(api, tagEndpoints.list, async ({ http, namespace, params: { name } }) => {
    const repository = await findRepository(read, namespace.id, repositoryOf({ name }))
    if (!repository) throw new RegistryError('repository-missing', { repository: name })
    const { n, last = '' } = http.req.query()
    const limit = Math.min(pageSize(n), LONGEST_PAGE)
    // One more than the page, to know whether there is a next one.
    const tags = limit === 0 ? [] : await listTags(read, repository.id, { after: last, limit: limit + 1 })
    const page = tags.slice(0, limit)
    const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(limit) })
    if (tags.length > limit) http.header('Link', `</v2/${name}/tags/list?${next}>; rel="next"`)
    http.header('Cache-Control', 'no-store')
    return http.json({ name, tags: page })
  })
}

/** Returns the number of names that the query `n` asks for. Throws `field-whole-number`. */
export function pageSize(n: string | undefined): number {
  if (n === undefined) return LONGEST_PAGE
  if (!/^\d{1,9}$/.test(n)) throw new RegistryError('field-whole-number', { field: 'n' })
  return Number(n)
}
