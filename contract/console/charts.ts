import * as z from 'zod/mini'
import { HelmChart, listChartsQuery } from '../ccr/charts.ts'
import { pageOf } from '../ccr/paging.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** A row of the list across all namespaces of an instance. */
export const InstanceChart = z.extend(HelmChart, { namespace: z.string() })
export type InstanceChart = z.infer<typeof InstanceChart>

const path = '/console/instances/:instanceId/charts'
const params = z.object({ instanceId: z.string() })

/** Charts of all namespaces that the caller may read. By name, then by namespace, unless something else is asked for. */
export const listInstanceCharts = endpoint({
  method: 'GET',
  path,
  needs: 'read',
  params,
  query: listChartsQuery,
  body: 'none',
  response: z.object({ ...pageOf, items: z.array(InstanceChart) }),
})

/** What the dictated API does not say of a chart that is already on screen. */
export const ChartSummary = z.object({
  namespace: z.string(),
  name: z.string(),
  /** The highest version that is no pre-release; null when there is none. */
  latestStable: z.nullable(z.string()),
})
export type ChartSummary = z.infer<typeof ChartSummary>

/** Facts of charts named `NAMESPACE/CHART`; those that are gone, or not the caller's to read, are left out. */
export const listChartSummaries = endpoint({
  method: 'GET',
  path: `${path}/summaries`,
  // Of each namespace its own grant decides: the handler asks.
  needs: 'read',
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
})

/** Deletes charts of several namespaces, all or none; what is already gone counts as gone. */
export const deleteInstanceCharts = endpoint({
  method: 'DELETE',
  path,
  // Each of the namespaces must allow it: the handler asks.
  needs: 'read',
  action: 'chart.delete',
  params,
  query: nothing,
  body: z.object({
    items: z
      .array(z.object({ namespace: z.string(), name: z.string() }))
      .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000')),
  }),
  response: 'empty',
})
