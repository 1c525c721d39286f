import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { readableNamespaces } from '../index/merged-index.ts'
import { listRepositoryNames } from './repository-queries.ts'

/**
 * Returns at most `limit` non-empty repositories after `after` that the caller may read, as `namespace/name`, by bytes.
 * Null if the caller may read no namespace.
 */
export async function listCatalog(
  registry: Registry,
  call: Call,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[] | null> {
  const namespaces = await readableNamespaces(registry, call)
  if (namespaces.length === 0) return null
  // Compares names with the slash, which is part of the full name: `a-b/x` comes before `a/x`.
  const byName = namespaces
    .map(({ id, name }) => ({ id, prefix: `${name}/` }))
    .filter(({ prefix }) => prefix > after || after.startsWith(prefix))
    .sort((a, b) => (a.prefix < b.prefix ? -1 : 1))
  const names: string[] = []
  for (let at = 0; at < byName.length && names.length < limit; at += AT_ONCE) {
    const ids = byName.slice(at, at + AT_ONCE).map(({ id }) => id)
    names.push(...(await listRepositoryNames(registry.database.read, ids, { after, limit: limit - names.length })))
  }
  return names
}

/** Namespaces per query, so that the cost of a page depends on its size and not on the number of namespaces. */
const AT_ONCE = 50
