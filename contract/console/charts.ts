import * as z from 'zod/mini'
import { HelmChart, listChartsQuery } from '../ccr/charts.ts'
import { pageOf } from '../ccr/paging.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** A row of the chart list across all namespaces of an instance. */
export const InstanceChart = z.extend(HelmChart, { namespace: z.string() })
export type InstanceChart = z.infer<typeof InstanceChart>

const path = '/console/instances/:instanceId/charts'
const params = z.object({ instanceId: z.string() })
/** Fields of a chart that the management API lacks. */
export const ChartSummary = z.object({
  namespace: z.string(),
  name: z.string(),
  /** The highest version that is not a pre-release; null if there is none. */
  latestStable: z.nullable(z.string()),
})
export type ChartSummary = z.infer<typeof ChartSummary>

export const instanceChartEndpoints = {
  /** Lists charts of all namespaces that the caller may read, by default by name, then by namespace. */
  list: endpoint({
    method: 'GET',
    path,
    needs: 'read',
    about: 'instance',
    params,
    query: listChartsQuery,
    body: 'none',
    response: z.object({ ...pageOf, items: z.array(InstanceChart) }),
  }),

  /** Returns summaries of charts given as `NAMESPACE/CHART`, without those that do not exist or the caller may not read. */
  listSummaries: endpoint({
    method: 'GET',
    path: `${path}/summaries`,
    // The handler leaves out what the caller may not read.
    needs: 'read',
    about: 'instance',
    params,
    query: z.object({
      chart: z
        .pipe(
          z.union([z.string(), z.array(z.string())], 'required'),
          z.transform((value) => (Array.isArray(value) ? value : [value])),
        )
        .check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')),
    }),
    body: 'none',
    response: z.object({ items: z.array(ChartSummary) }),
  }),

  /** Deletes charts of several namespaces, all or none. Charts that do not exist are skipped. */
  deleteMany: endpoint({
    method: 'DELETE',
    path,
    needs: 'delete',
    about: { namespacesIn: ({ items }) => items.map(({ namespace }) => namespace) },
    action: 'chart.delete',
    params,
    query: nothing,
    body: z.object({
      items: z
        .array(z.object({ namespace: z.string(), name: z.string() }))
        .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000')),
    }),
    response: 'empty',
  }),
}
