import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type CHART_ORDERS, chartEndpoints } from '../../contract/ccr/charts.ts'
import { type InstanceChart, instanceChartEndpoints } from '../../contract/console/charts.ts'
import { call } from './http.ts'
import { instanceQueries } from './instances.ts'

/** Filter, order and page of the chart list. Without a namespace: the charts of all namespaces of the instance. */
export interface ChartListFilters {
  readonly namespace: string | undefined
  readonly query: string
  readonly page: number
  readonly size: number
  readonly orderBy: (typeof CHART_ORDERS)[number] | undefined
  readonly order: 'asc' | 'desc' | undefined
}

export const chartQueries = {
  /** Key prefix of chart lists, versions and details. Nested in the instance's key, as its counts change with them. */
  all: (instanceId: string) => [...instanceQueries.detail(instanceId).queryKey, 'charts'] as const,
  list: (instanceId: string, filters: ChartListFilters) =>
    queryOptions({
      queryKey: [...chartQueries.all(instanceId), 'list', filters],
      queryFn: ({ signal }) => fetchCharts(instanceId, filters, signal),
      placeholderData: keepPreviousData,
    }),

  /** Highest stable version of each given chart, null if it has none; by `NAMESPACE/CHART`. */
  stableVersions: (instanceId: string, charts: readonly string[]) =>
    queryOptions({
      queryKey: [...chartQueries.all(instanceId), 'stable-versions', charts],
      queryFn: async ({ signal }) => {
        const query = { chart: [...charts] }
        const { items } = await call(instanceChartEndpoints.listSummaries, { params: { instanceId }, query, signal })
        return new Map(items.map(({ namespace, name, latestStable }) => [`${namespace}/${name}`, latestStable]))
      },
      enabled: charts.length > 0,
    }),
}

async function fetchCharts(instanceId: string, filters: ChartListFilters, signal: AbortSignal) {
  const query = {
    pageNo: filters.page,
    pageSize: filters.size,
    chartName: filters.query,
    orderBy: filters.orderBy,
    order: filters.order,
  }
  const { namespace } = filters
  if (namespace === undefined) return call(instanceChartEndpoints.list, { params: { instanceId }, query, signal })
  const { items, ...page } = await call(chartEndpoints.list, {
    params: { instanceId, namespace },
    query,
    signal,
  })
  return { ...page, items: items.map((chart): InstanceChart => ({ ...chart, namespace })) }
}

/** Deletes charts with all their versions in one request, all or none. */
export async function deleteManyCharts(
  instanceId: string,
  charts: readonly { namespace: string; name: string }[],
): Promise<void> {
  const [namespace, ...others] = new Set(charts.map((chart) => chart.namespace))
  if (namespace !== undefined && others.length === 0) {
    const items = charts.map((chart) => chart.name)
    await call(chartEndpoints.deleteMany, { params: { instanceId, namespace: namespace }, body: { items } })
    return
  }
  const items = charts.map((chart) => ({ namespace: chart.namespace, name: chart.name }))
  await call(instanceChartEndpoints.deleteMany, { params: { instanceId }, body: { items } })
}
