import { deleteInstanceCharts, listInstanceCharts } from '../../../contract/console/charts.ts'
import type { Context } from '../../context.ts'
import { listCharts } from '../../db/charts.ts'
import { deleteCharts } from '../../registry/delete-charts.ts'
import { checkEachNamespace, namespacesToRead } from '../../registry/permissions.ts'
import type { HttpApp } from '../http-env.ts'
import { toHelmChart } from '../management/helm-chart.ts'
import { instanceOf } from '../management/instances.ts'
import { pageWanted } from '../management/page-wanted.ts'
import { route } from '../route.ts'

/** The charts of all namespaces of an instance. */
export function mountInstanceCharts(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listInstanceCharts, async ({ call, params, query }) => {
    const { id: instanceId } = await instanceOf(context, params.instanceId)
    const { total, rows } = await listCharts(registry.database.read, {
      ...pageWanted(query),
      in: { instanceId, readable: namespacesToRead(call.caller, instanceId) },
      query: query.chartName || undefined,
      orderBy: query.orderBy,
      order: query.order,
    })
    const items = rows.map((row) => ({ ...toHelmChart(row), namespace: row.namespace_name }))
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items }
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
