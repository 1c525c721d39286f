import * as z from 'zod/mini'
import { CHART_ORDERS, listChartsQuery } from '../../contract/ccr/charts.ts'
import type { ChartListFilters } from '../api/charts.ts'
import { type ListParams, pageSizeParam } from '../ui/list-search-params.ts'

const flag = z.pipe(
  z.optional(z.enum(['true', 'false'])),
  z.transform((value) => value === 'true'),
)

/** URL parameters of the chart list. */
export const chartListParams = z.object({
  /** Omitted for all namespaces of the instance. */
  namespace: z.optional(z.string().check(z.minLength(1))),
  q: z._default(z.string(), ''),
  page: listChartsQuery.shape.pageNo,
  size: pageSizeParam,
  orderBy: z.optional(z.enum(CHART_ORDERS)),
  order: listChartsQuery.shape.order,
  /** Whether the upload dialog is open over the list. */
  upload: flag,
})
export type ChartListParams = ListParams<typeof chartListParams>

/** Returns the part of the list's state that the registry needs. */
export function chartListFilters({ namespace, q, page, size, orderBy, order }: ChartListParams): ChartListFilters {
  return { namespace, query: q, page, size, orderBy, order }
}
