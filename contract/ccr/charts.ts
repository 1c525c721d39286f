import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { Batch } from './batch.ts'
import { order, pageNo, pageOf, pageSize } from './paging.ts'

/** A row of the chart list: metadata of the highest version by SemVer, and the number of versions. */
export const HelmChart = z.object({
  name: z.string(),
  totalVersions: z.number(),
  latestVersion: z.string(),
  /** Time of the oldest version. */
  created: z.string(),
  /** Time of the last push. */
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
  /** A single file name without a path, for `download`. */
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

const chartsPath = '/v1/instances/:instanceId/projects/:namespace/charts'
const projectParams = z.object({ instanceId: z.string(), namespace: z.string() })
const chartParams = z.extend(projectParams, { chart: z.string() })
const versionParams = z.extend(chartParams, { version: z.string() })
const fileParams = z.extend(projectParams, { filename: z.string() })

/** Sort keys of a list of charts. Default: rank of the match when searching, then name. */
export const CHART_ORDERS = ['name', 'versions', 'created', 'updated'] as const

export const listChartsQuery = z.object({
  pageNo,
  pageSize,
  chartName: z.optional(z.string()),
  orderBy: z.optional(z.enum(CHART_ORDERS, 'one-of')),
  order,
})
/** Sort keys of a list of versions. Default: rank of the match when searching, then SemVer descending. */
export const VERSION_ORDERS = ['version', 'created'] as const

export const listVersionsQuery = z.object({
  pageNo,
  pageSize,
  chartVersion: z.optional(z.string()),
  orderBy: z.optional(z.enum(VERSION_ORDERS, 'one-of')),
  order,
  /** `false` excludes pre-releases. */
  prerelease: z.optional(z.enum(['true', 'false'], 'true-or-false')),
})

export const chartEndpoints = {
  list: endpoint({
    method: 'GET',
    path: chartsPath,
    needs: 'read',
    about: 'namespace',
    params: projectParams,
    query: listChartsQuery,
    body: 'none',
    response: z.object({ ...pageOf, items: z.array(HelmChart) }),
  }),

  /**
   * Publishes a chart. Multipart form with the parts `chart` (the `.tgz`, required) and `prov` (optional), in any order.
   * An existing version is replaced, unless `If-None-Match: *` or `If-Match: "<archive digest>"` makes that a 412.
   */
  upload: endpoint({
    method: 'POST',
    path: chartsPath,
    needs: 'push',
    about: 'namespace',
    action: 'chart.publish',
    params: projectParams,
    query: nothing,
    body: 'multipart',
    response: z.object({ result: z.nullable(z.string()), success: z.boolean() }),
  }),

  deleteMany: endpoint({
    method: 'DELETE',
    path: chartsPath,
    needs: 'delete',
    about: 'namespace',
    action: 'chart.delete',
    params: projectParams,
    query: nothing,
    body: Batch,
    response: 'empty',
  }),

  delete: endpoint({
    method: 'DELETE',
    path: `${chartsPath}/:chart`,
    needs: 'delete',
    about: 'namespace',
    action: 'chart.delete',
    params: chartParams,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),

  /** Must be mounted before the endpoints of versions, because a chart may be named `download`. */
  download: endpoint({
    method: 'GET',
    path: `${chartsPath}/download/:filename`,
    needs: 'read',
    about: 'namespace',
    params: fileParams,
    query: nothing,
    body: 'none',
    response: 'raw',
  }),
}

export const versionEndpoints = {
  list: endpoint({
    method: 'GET',
    path: `${chartsPath}/:chart/versions`,
    needs: 'read',
    about: 'namespace',
    params: chartParams,
    query: listVersionsQuery,
    body: 'none',
    response: z.object({ ...pageOf, items: z.array(HelmChartVersion) }),
  }),

  deleteMany: endpoint({
    method: 'DELETE',
    path: `${chartsPath}/:chart/versions`,
    needs: 'delete',
    about: 'namespace',
    action: 'chart.delete',
    params: chartParams,
    query: nothing,
    body: Batch,
    response: 'empty',
  }),

  delete: endpoint({
    method: 'DELETE',
    path: `${chartsPath}/:chart/versions/:version`,
    needs: 'delete',
    about: 'namespace',
    action: 'chart.delete',
    params: versionParams,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
