import * as z from 'zod/mini'
import { listVersionsQuery, VERSION_ORDERS } from '../../contract/ccr/charts.ts'
import type { VersionListFilters } from '../api/versions.ts'
import { type ListParams, pageSizeParam } from '../ui/list-search-params.ts'

const onByDefault = z.pipe(
  z.optional(z.enum(['true', 'false'])),
  z.transform((value) => value !== 'false'),
)
const offByDefault = z.pipe(
  z.optional(z.enum(['true', 'false'])),
  z.transform((value) => value === 'true'),
)

/** Schema of the version list's state in the URL. */
export const versionListParams = z.object({
  q: z._default(z.string(), ''),
  page: listVersionsQuery.shape.pageNo,
  size: pageSizeParam,
  orderBy: z.optional(z.enum(VERSION_ORDERS)),
  order: listVersionsQuery.shape.order,
  /** Whether pre-releases are listed. */
  prereleases: onByDefault,
  /** Whether the upload dialog is open over the list. */
  upload: offByDefault,
})
export type VersionListParams = ListParams<typeof versionListParams>

/** Converts the list's state to the filters of the API. */
export function versionListFilters(params: VersionListParams): VersionListFilters {
  const { q, page, size, orderBy, order, prereleases } = params
  return { query: q, page, size, orderBy, order, prereleases }
}
