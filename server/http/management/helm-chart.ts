import type { HelmChart } from '../../../contract/ccr/charts.ts'
import type { ChartRow } from '../../db/schema.ts'

/** A chart as the wire lists it. An icon that is unset is `""` here, and null in a version. */
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
