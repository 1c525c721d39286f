import type { HelmChart } from '../../../contract/ccr/charts.ts'
import type { ChartRow } from '../../db/schema.ts'

/** Converts a chart to its form on the wire. A missing icon is `""` here, but null in a version. */
export function toHelmChart(row: ChartRow): HelmChart {
  return {
    name: row.name,
    totalVersions: row.version_count,
    latestVersion: row.latest_version,
    created: row.created_at,
    updated: row.updated_at,
    home: row.home,
    icon: row.icon,
    deprecated: row.deprecated === 1,
  }
}
