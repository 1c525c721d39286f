import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { readableNamespaces } from '../index/merged-index.ts'
import { listRepositoryNames } from './repository-queries.ts'

/**
 * Returns the repositories of an instance that the caller may read and that hold a manifest, as `namespace/name`, in
 * order of their bytes: `limit` at most, those behind `after`. Null when the caller may read no namespace at all.
 */
export async function listCatalog(
  registry: Registry,
  call: Call,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[] | null> {
  const namespaces = await readableNamespaces(registry, call)
  if (namespaces.length === 0) return null
  // With the slash, as it is part of the whole name: `a-b/x` comes before `a/x`.
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

/** Namespaces that one query looks into, so that a page costs what is on it, however many there are. */
const AT_ONCE = 50
