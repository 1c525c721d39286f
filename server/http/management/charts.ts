import {
  deleteChart as deleteChartEndpoint,
  deleteCharts as deleteChartsEndpoint,
  downloadChart,
  listCharts as listChartsEndpoint,
  uploadChart,
} from '../../../contract/ccr/charts.ts'
import { findFile } from '../../registry/charts/file-queries.ts'
import { searchCharts } from '../../registry/charts/search-charts.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteChart, deleteCharts } from '../../registry/deletion/delete-charts.ts'
import { publishChart } from '../../registry/publishing/publish-chart.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'
import { readChartForm } from '../transport/chart-form.ts'
import { pageRequest } from '../transport/page-request.ts'
import { requestBody } from '../transport/request-body.ts'
import { sendFile } from '../transport/send-file.ts'
import { toHelmChart } from './helm-chart.ts'
import { namespaceOf } from './namespaces.ts'
import { preconditionOf } from './precondition.ts'

/** The charts of a namespace: list, upload, download, delete. */
export function mountCharts(app: HttpApp, context: Context): void {
  const { registry } = context
  const { read } = registry.database

  route(app, context, listChartsEndpoint, async ({ params, query }) => {
    const namespace = await namespaceOf(context, params)
    const { total, rows } = await searchCharts(registry, namespace, {
      ...pageRequest(query),
      query: query.chartName || undefined,
      orderBy: query.orderBy,
      order: query.order,
    })
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toHelmChart) }
  })

  route(app, context, uploadChart, async ({ call, params, http }) => {
    const precondition = preconditionOf(http)
    const { name: namespace } = await namespaceOf(context, params)
    const form = await readChartForm(registry, http.req.header('content-type'), requestBody(http))
    await publishChart(registry, call, { namespace, ...form, precondition })
    return { result: null, success: true }
  })

  route(app, context, deleteChartsEndpoint, async ({ call, params, body }) => {
    const { name: namespace } = await namespaceOf(context, params)
    await deleteCharts(
      registry,
      call,
      body.items.map((name) => ({ namespace, name })),
    )
    return undefined
  })

  route(app, context, deleteChartEndpoint, async ({ call, params }) => {
    const { name: namespace } = await namespaceOf(context, params)
    await deleteChart(registry, call, { namespace, name: params.chartName })
    return undefined
  })

  route(app, context, downloadChart, async ({ params, http }) => {
    const namespace = await namespaceOf(context, params)
    const file = await findFile(read, namespace.id, params.filename)
    if (!file) throw new RegistryError('file-missing', { file: params.filename })
    return sendFile(http, context, file)
  })
}
