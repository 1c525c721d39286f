import type { QueryClient } from '@tanstack/react-query'
import { chartQueries } from '../api/charts.ts'
import { namespaceQueries } from '../api/namespaces.ts'
import { listPreferences } from '../ui/list-preferences.ts'
import { readListParams, withPreferences } from '../ui/list-search-params.ts'
import { chartListFilters, chartListParams } from './chart-filters.ts'
import { namespacesMatching } from './namespaces-matching.ts'

/** Route loader: prefetches the data of the chart list at `url` while its code loads, without blocking navigation. */
export function prefetchChartsPage(queryClient: QueryClient, instanceId: string, url: string): null {
  const search = withPreferences(new URL(url).searchParams, listPreferences.get(), 'charts')
  const view = readListParams(chartListParams, search)
  void queryClient.prefetchQuery(chartQueries.list(instanceId, chartListFilters(view)))
  void queryClient.prefetchQuery(namespaceQueries.list(instanceId, namespacesMatching('')))
  return null
}
