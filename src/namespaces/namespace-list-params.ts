import * as z from 'zod/mini'
import { namespaceEndpoints } from '../../contract/ccr/namespaces.ts'
import type { NamespaceListParams } from '../api/namespaces.ts'
import { type ListParams, listFields } from '../ui/list-search-params.ts'

/** Schema of the list's state in the URL. */
export const namespaceListParams = z.object({
  ...listFields,
  orderBy: namespaceEndpoints.list.query.shape.orderBy,
  order: namespaceEndpoints.list.query.shape.order,
})

/** Converts the list's state to the query of the API. */
export function namespaceListQuery({ q, page, size, orderBy, order }: ListParams<typeof namespaceListParams>) {
  return { projectName: q || undefined, pageNo: page, pageSize: size, orderBy, order } satisfies NamespaceListParams
}
