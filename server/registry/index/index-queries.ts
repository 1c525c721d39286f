import type { Kysely } from 'kysely'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { ChartRow, Schema, VersionRow } from '../../db/schema.ts'

/** A chart of an index. Its `revision` increases when its entries change. */
export type IndexedChart = Pick<ChartRow, 'id' | 'name' | 'revision'>

/** The entry of a version in index.yaml. */
export interface IndexEntryRow extends Pick<VersionRow, 'chart_id' | 'version' | 'prerelease'> {
  readonly index_entry: string
}

/** Returns the charts of a namespace by name. */
export async function listIndexedCharts(db: Kysely<Schema>, namespaceId: string): Promise<IndexedChart[]> {
  return db
    .selectFrom('charts')
    .select(['id', 'name', 'revision'])
    .where('namespace_id', '=', namespaceId)
    .orderBy('name')
    .execute()
}

/** Returns the IDs of the current archives of the versions of each chart, newest first by SemVer, by the chart's ID. */
export async function listIndexedArchives(
  db: Kysely<Schema>,
  chartIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('versions')
    .select(['chart_id', 'archive_id'])
    .where('chart_id', 'in', padToPowerOfTwo(chartIds))
    .orderBy('chart_id')
    .orderBy('order_key', 'desc')
    .orderBy('version')
    .execute()
  const archives = new Map<string, string[]>()
  for (const { chart_id, archive_id } of rows) {
    const list = archives.get(chart_id)
    if (list) list.push(archive_id)
    else archives.set(chart_id, [archive_id])
  }
  return archives
}

/** Returns the index entries of archives by their IDs. */
export async function listIndexEntries(
  db: Kysely<Schema>,
  archiveIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('archives')
    .select(['id', 'index_entry'])
    .where('id', 'in', padToPowerOfTwo(archiveIds))
    .execute()
  return new Map(rows.map(({ id, index_entry }) => [id, index_entry]))
}

/** Returns the index entry of a version. */
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

/** Returns the index entry of the highest stable version, which helm uses by default. */
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
