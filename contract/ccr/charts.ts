import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { Batch } from './batch.ts'
import { order, pageNo, pageOf, pageSize } from './paging.ts'

/** A row of the chart list: what the newest version by SemVer says, and how many versions there are. */
export const HelmChart = z.object({
  name: z.string(),
  totalVersions: z.number(),
  latestVersion: z.string(),
  /** When the oldest version came. */
  created: z.string(),
  /** When the last version came. */
  updated: z.string(),
  home: z.string(),
  icon: z.string(),
  deprecated: z.boolean(),
})
export type HelmChart = z.infer<typeof HelmChart>

export const HelmChartVersion = z.object({
  name: z.string(),
  version: z.string(),
  apiVersion: z.string(),
  appVersion: z.string(),
  description: z.string(),
  /** One bare file name, to be given to the download call. */
  urls: z.array(z.string()),
  /** Archive digest: sha256 of the `.tgz`, 64 hex digits, no prefix. */
  digest: z.string(),
  created: z.string(),
  engine: z.nullable(z.string()),
  icon: z.nullable(z.string()),
  home: z.string(),
  sources: z.array(z.string()),
  deprecated: z.boolean(),
  removed: z.boolean(),
  /** `Ann <ann@example.org>`, or null: objects make two of the vendor's SDKs fail the whole list. */
  maintainers: z.nullable(z.array(z.string())),
})
export type HelmChartVersion = z.infer<typeof HelmChartVersion>

const chartsPath = '/v1/instances/:instanceId/projects/:projectName/charts'
const projectParams = z.object({ instanceId: z.string(), projectName: z.string() })
const chartParams = z.extend(projectParams, { chartName: z.string() })
const versionParams = z.extend(chartParams, { chartVersion: z.string() })
const fileParams = z.extend(projectParams, { filename: z.string() })

/** What a list of charts can be sorted by. Without it: by rank where something is looked for, then by name. */
export const CHART_ORDERS = ['name', 'versions', 'created', 'updated'] as const

export const listChartsQuery = z.object({
  pageNo,
  pageSize,
  chartName: z.optional(z.string()),
  orderBy: z.optional(z.enum(CHART_ORDERS, 'one-of')),
  order,
})

export const listCharts = endpoint({
  method: 'GET',
  path: chartsPath,
  needs: 'read',
  params: projectParams,
  query: listChartsQuery,
  body: 'none',
  response: z.object({ ...pageOf, items: z.array(HelmChart) }),
})

/**
 * Multipart form: part `chart` (the `.tgz`, required), part `prov` (optional), in any order. The same name and
 * version is replaced; `If-None-Match: *` and `If-Match: "<archive digest>"` make that a 412 instead.
 */
export const uploadChart = endpoint({
  method: 'POST',
  path: chartsPath,
  needs: 'push',
  action: 'chart.publish',
  params: projectParams,
  query: nothing,
  body: 'multipart',
  response: z.object({ result: z.nullable(z.string()), success: z.boolean() }),
})

export const deleteCharts = endpoint({
  method: 'DELETE',
  path: chartsPath,
  needs: 'delete',
  action: 'chart.delete',
  params: projectParams,
  query: nothing,
  body: Batch,
  response: 'empty',
})

export const deleteChart = endpoint({
  method: 'DELETE',
  path: `${chartsPath}/:chartName`,
  needs: 'delete',
  action: 'chart.delete',
  params: chartParams,
  query: nothing,
  body: 'none',
  response: 'empty',
})

/** Must be mounted before the versions of a chart: a chart may be called `download`. */
export const downloadChart = endpoint({
  method: 'GET',
  path: `${chartsPath}/download/:filename`,
  needs: 'read',
  params: fileParams,
  query: nothing,
  body: 'none',
  response: 'stream',
})

/** What a list of versions can be sorted by. Without it: by rank where something is looked for, then SemVer descending. */
export const VERSION_ORDERS = ['version', 'created'] as const

export const listVersionsQuery = z.object({
  pageNo,
  pageSize,
  chartVersion: z.optional(z.string()),
  orderBy: z.optional(z.enum(VERSION_ORDERS, 'one-of')),
  order,
  /** `false` leaves pre-releases out. */
  prerelease: z.optional(z.enum(['true', 'false'], 'true-or-false')),
})

export const listVersions = endpoint({
  method: 'GET',
  path: `${chartsPath}/:chartName/versions`,
  needs: 'read',
  params: chartParams,
  query: listVersionsQuery,
  body: 'none',
  response: z.object({ ...pageOf, items: z.array(HelmChartVersion) }),
})

export const deleteVersions = endpoint({
  method: 'DELETE',
  path: `${chartsPath}/:chartName/versions`,
  needs: 'delete',
  action: 'chart.delete',
  params: chartParams,
  query: nothing,
  body: Batch,
  response: 'empty',
})

export const deleteVersion = endpoint({
  method: 'DELETE',
  path: `${chartsPath}/:chartName/versions/:chartVersion`,
  needs: 'delete',
  action: 'chart.delete',
  params: versionParams,
  query: nothing,
  body: 'none',
  response: 'empty',
})
