import { MAX_PAGE_SIZE } from '../../contract/ccr/paging.ts'
import type { NamespaceListParams } from '../api/namespaces.ts'

/** Query for the first page of namespaces that match; ordered by rank, or by name if `query` is empty. */
export function namespacesMatching(query: string): NamespaceListParams {
  return {
    pageNo: 1,
    pageSize: MAX_PAGE_SIZE,
    projectName: query,
    orderBy: query ? undefined : 'name',
    order: undefined,
  }
}
