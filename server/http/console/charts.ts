import { deleteInstanceCharts, listInstanceCharts } from '../../../contract/console/charts.ts'
import type { Context } from '../../context.ts'
import { listCharts } from '../../db/charts.ts'
import { deleteCharts } from '../../registry/delete-charts.ts'
import { RegistryError } from '../../registry/errors.ts'
import { mayThey } from '../../registry/permissions.ts'
import type { HttpApp } from '../http-env.ts'
import { toHelmChart } from '../management/helm-chart.ts'
import { instanceOf } from '../management/instances.ts'
import { pageWanted } from '../management/page-wanted.ts'
import { route } from '../route.ts'

/** The charts of all namespaces of an instance. */
export function mountInstanceCharts(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listInstanceCharts, async ({ params, query }) => {
    const { id: instanceId } = await instanceOf(context, params.instanceId)
    const { total, rows } = await listCharts(registry.database.read, {
      ...pageWanted(query),
      in: { instanceId },
      query: query.chartName || undefined,
      orderBy: query.orderBy,
      order: query.order,
    })
    const items = rows.map((row) => ({ ...toHelmChart(row), namespace: row.namespace_name }))
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items }
  })

  route(app, context, deleteInstanceCharts, async ({ call, params, body }) => {
    const { id: instance } = await instanceOf(context, params.instanceId)
    for (const { namespace } of body.items) {
      const at = { instance, namespace }
      if (mayThey(call.caller, 'delete', at)) continue
      if (mayThey(call.caller, 'read', at)) throw new RegistryError('not-allowed')
      throw new RegistryError('namespace-missing', { namespace })
    }
    await deleteCharts(registry, call, body.items)
    return undefined
  })
}
