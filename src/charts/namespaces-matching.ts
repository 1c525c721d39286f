import { MAX_PAGE_SIZE } from '../../contract/ccr/paging.ts'
import type { NamespaceListParams } from '../api/namespaces.ts'

/** What the registry is asked for: the first that match, by rank where something is typed, else by name. */
export function namespacesMatching(query: string): NamespaceListParams {
  return {
    pageNo: 1,
    pageSize: MAX_PAGE_SIZE,
    projectName: query,
    orderBy: query ? undefined : 'name',
    order: undefined,
  }
}
