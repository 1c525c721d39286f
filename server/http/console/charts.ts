import {
  type ChartSummary,
  deleteInstanceCharts,
  listChartSummaries,
  listInstanceCharts,
} from '../../../contract/console/charts.ts'
import { findChart, listCharts } from '../../registry/charts/chart-queries.ts'
import { findLatestStable } from '../../registry/charts/version-queries.ts'
import { checkEachNamespace, isAllowed, namespacesToRead } from '../../registry/core/permissions.ts'
import { deleteCharts } from '../../registry/deletion/delete-charts.ts'
import { findNamespaces } from '../../registry/instances/namespace-queries.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { toHelmChart } from '../management/helm-chart.ts'
import { instanceOf } from '../management/instances.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** The charts of all namespaces of an instance. */
export function mountInstanceCharts(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listInstanceCharts, async ({ call, params, query }) => {
    const { id: instanceId } = await instanceOf(context, params.instanceId)
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

  route(app, context, listChartSummaries, async ({ call, params, query }) => {
    const { id: instance } = await instanceOf(context, params.instanceId)
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

  route(app, context, deleteInstanceCharts, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    checkEachNamespace(
      call,
      'delete',
      body.items.map(({ namespace }) => namespace),
    )
    await deleteCharts(registry, call, body.items)
    return undefined
  })
}
