import { type ChartSummary, instanceChartEndpoints } from '../../../contract/console/charts.ts'
import { findChart, listCharts } from '../../registry/charts/chart-queries.ts'
import { findLatestStable } from '../../registry/charts/version-queries.ts'
import { isAllowed, namespacesToRead } from '../../registry/core/permissions.ts'
import { deleteCharts } from '../../registry/deletion/delete-charts.ts'
import { findNamespaces } from '../../registry/instances/namespace-queries.ts'
import type { Api } from '../api.ts'
import { toHelmChart } from '../management/helm-chart.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Charts of all namespaces of an instance. */
export function mountInstanceCharts(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, instanceChartEndpoints.list, async ({ call, query, instance: { id: instanceId } }) => {
    const { total, rows } = await listCharts(registry.database.read, {
      ...pageRequest(query),
      in: { instanceId, readable: namespacesToRead(call.caller, instanceId) },
      query: query.chartName || undefined,
      orderBy: query.orderBy,
      order: query.order,
    })
    const items = rows.map((row) => ({ ...toHelmChart(row), namespace: row.namespace_name }))
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items }
  })

  route(api, instanceChartEndpoints.listSummaries, async ({ call, query, instance: { id: instance } }) => {
    const { read } = registry.database
    const names = query.chart.map((text) => ({
      namespace: text.slice(0, text.indexOf('/')),
      name: text.slice(text.indexOf('/') + 1),
    }))
    const readable = names.filter(({ namespace }) => isAllowed(call.caller, 'read', { instance, namespace }))
    const namespaces = await findNamespaces(read, instance, [...new Set(readable.map(({ namespace }) => namespace))])
    const items: ChartSummary[] = []
    for (const { namespace, name } of readable) {
      const row = namespaces.find((one) => one.name === namespace)
      const chart = row && (await findChart(read, row.id, name))
      if (chart) items.push({ namespace, name, latestStable: (await findLatestStable(read, chart.id)) ?? null })
    }
    return { items }
  })

  route(api, instanceChartEndpoints.deleteMany, async ({ call, body }) => {
    await deleteCharts(registry, call, body.items)
    return undefined
  })
}
