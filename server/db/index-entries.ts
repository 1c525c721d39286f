import type { Kysely } from 'kysely'
import type { ChartRow, Schema, VersionRow } from './schema.ts'

/** A chart as far as the index must know it: `revision` tells whether its entries have changed. */
export type IndexedChart = Pick<ChartRow, 'id' | 'name' | 'revision'>

/** One version's entry of index.yaml, and whose it is. */
export interface IndexEntryRow extends Pick<VersionRow, 'chart_id' | 'version' | 'prerelease'> {
  readonly index_entry: string
}

/** How many charts are named in one query; for more, the whole namespace is read. */
const CHARTS_AT_ONCE = 200

/** The charts of a namespace by name. */
export async function listIndexedCharts(db: Kysely<Schema>, namespaceId: string): Promise<IndexedChart[]> {
  return db
    .selectFrom('charts')
    .select(['id', 'name', 'revision'])
    .where('namespace_id', '=', namespaceId)
    .orderBy('name')
    .execute()
}

/** The entries of charts of a namespace, newest first by SemVer, by the chart's ID. Others may be among them. */
export async function listIndexEntries(
  db: Kysely<Schema>,
  namespaceId: string,
  chartIds: readonly string[],
): Promise<Map<string, IndexEntryRow[]>> {
  if (chartIds.length === 0) return new Map()
  const entries = selectEntries(db)
  // Each in the order of the index by which its charts are found.
  const chosen =
    chartIds.length <= CHARTS_AT_ONCE
      ? entries.where('versions.chart_id', 'in', chartIds).orderBy('versions.chart_id')
      : entries
          .innerJoin('charts', 'charts.id', 'versions.chart_id')
          .where('charts.namespace_id', '=', namespaceId)
          .orderBy('charts.name')
  const rows = await newestFirst(chosen).execute()
  return Map.groupBy(rows, (row) => row.chart_id)
}

/** The entry of a version. */
export async function findIndexEntry(
  db: Kysely<Schema>,
  chartId: string,
  version: string,
): Promise<IndexEntryRow | undefined> {
  return selectEntries(db)
    .where('versions.chart_id', '=', chartId)
    .where('versions.version', '=', version)
    .executeTakeFirst()
}

/** The entry of the highest version that is no pre-release: what helm takes when none is named. */
export async function findLatestIndexEntry(db: Kysely<Schema>, chartId: string): Promise<IndexEntryRow | undefined> {
  return newestFirst(selectEntries(db).where('versions.chart_id', '=', chartId).where('versions.prerelease', '=', 0))
    .limit(1)
    .executeTakeFirst()
}

function selectEntries(db: Kysely<Schema>) {
  return db
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .select(['versions.chart_id', 'versions.version', 'versions.prerelease', 'archives.index_entry'])
}

function newestFirst(query: ReturnType<typeof selectEntries>): ReturnType<typeof selectEntries> {
  return query.orderBy('versions.order_key', 'desc').orderBy('versions.version')
}
