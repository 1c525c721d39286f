import { chartEndpoints } from '../../../contract/ccr/charts.ts'
import { findFile } from '../../registry/charts/file-queries.ts'
import { searchCharts } from '../../registry/charts/search-charts.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteChart, deleteCharts } from '../../registry/deletion/delete-charts.ts'
import { publishChart } from '../../registry/publishing/publish-chart.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'
import { readChartForm } from '../transport/chart-form.ts'
import { pageRequest } from '../transport/page-request.ts'
import { requestBody } from '../transport/request-body.ts'
import { sendFile } from '../transport/send-file.ts'
import { toHelmChart } from './helm-chart.ts'
import { preconditionOf } from './precondition.ts'

/** Charts of a namespace: list, upload, download, delete. */
export function mountCharts(api: Api): void {
  const { context } = api
  const { registry } = context
  const { read } = registry.database

  route(api, chartEndpoints.list, async ({ query, namespace }) => {
    const { total, rows } = await searchCharts(registry, namespace, {
      ...pageRequest(query),
      query: query.chartName || undefined,
      orderBy: query.orderBy,
      order: query.order,
    })
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toHelmChart) }
  })

  route(api, chartEndpoints.upload, async ({ call, http, namespace: { name: namespace } }) => {
    const precondition = preconditionOf(http)
    const form = await readChartForm(registry, http.req.header('content-type'), requestBody(http))
    await publishChart(registry, call, { namespace, ...form, precondition })
    return { result: null, success: true }
  })

  route(api, chartEndpoints.deleteMany, async ({ call, body, namespace: { name: namespace } }) => {
    await deleteCharts(
      registry,
      call,
      body.items.map((name) => ({ namespace, name })),
    )
    return undefined
  })

  route(api, chartEndpoints.delete, async ({ call, params, namespace: { name: namespace } }) => {
    await deleteChart(registry, call, { namespace, name: params.chart })
    return undefined
  })

  route(api, chartEndpoints.download, async ({ params, http, namespace }) => {
    const file = await findFile(read, namespace.id, params.filename)
    if (!file) throw new RegistryError('file-missing', { file: params.filename })
    return sendFile(http, context, file)
  })
}
