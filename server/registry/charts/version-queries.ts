import type { Kysely } from 'kysely'
import type { IndexEntry } from '../../../chart/index-entry.ts'
import type { ChartMetadata } from '../../../chart/metadata.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Order, Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { ArchiveRow, ChartRow, Schema, VersionRow } from '../../db/schema.ts'

/** Characters of the entries of a page from which on it is worked on in more than one turn of the event loop. */
const LARGE_PAGE = 1024 * 1024

/** A version with the archive that it points at now. */
export interface VersionFile
  extends VersionRow,
    Pick<ArchiveRow, 'digest' | 'size' | 'provenance_digest' | 'name' | 'pushed_by' | 'protocol'> {
  /** Bytes of the provenance file; null when there is none. */
  provenance_size: number | null
}

/** A version with all that its Chart.yaml says. */
export interface VersionRecord extends VersionFile {
  metadata: ChartMetadata
}

/** A version with what the index says of it, which has a bound. */
export interface ListedVersion extends VersionFile {
  metadata: IndexEntry
}

export interface VersionsQuery extends PageRequest {
  readonly chart: Pick<ChartRow, 'id' | 'version_count'>
  readonly query?: string | undefined
  /** Without it: by rank where something is looked for, then SemVer descending. */
  readonly orderBy?: 'version' | 'created' | undefined
  readonly order?: Order | undefined
  /** False leaves pre-releases out. */
  readonly prerelease?: boolean | undefined
}

/**
 * Versions of a chart. Without `orderBy` SemVer descending; with it ascending unless `order` says otherwise. Versions
 * that SemVer holds for equal stand by text, the other way round than SemVer.
 */
export async function listVersions(db: Kysely<Schema>, wanted: VersionsQuery): Promise<Page<ListedVersion>> {
  const { orderBy } = wanted
  const order = wanted.order ?? (orderBy ? 'asc' : 'desc')
  const found = fuzzySearch('folded_version', wanted.query)
  let matching = db.selectFrom('versions').where('chart_id', '=', wanted.chart.id)
  if (found) matching = matching.where(found.matches)
  if (wanted.prerelease === false) matching = matching.where('prerelease', '=', 0)
  let ordered = matching.select('version')
  if (found && !orderBy) ordered = ordered.orderBy(found.rank)
  ordered =
    orderBy === 'created'
      ? ordered.orderBy('created_at', order).orderBy('version', order)
      : ordered.orderBy('order_key', order).orderBy('version', order === 'asc' ? 'desc' : 'asc')
  // The archives are joined to the page alone: a join here would also be made for every row before it.
  const page = await ordered.limit(wanted.limit).offset(wanted.offset).execute()
  const rows = await readListed(
    db,
    wanted.chart.id,
    page.map(({ version }) => version),
  )
  if (!found && wanted.prerelease !== false) return { total: wanted.chart.version_count, rows }
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const recordsOf = prepared((db, { chart, version }: { chart: string; version: string }) =>
  selectFiles(db)
    .select('archives.metadata_json')
    .where('versions.chart_id', '=', chart)
    .where('versions.version', '=', version),
)

const latestRecord = prepared((db, { chart }: { chart: string }) =>
  selectFiles(db)
    .select('archives.metadata_json')
    .where('versions.chart_id', '=', chart)
    .orderBy('versions.order_key', 'desc')
    .orderBy('versions.version')
    .limit(1),
)

export async function findVersion(
  db: Kysely<Schema>,
  chartId: string,
  version: string,
): Promise<VersionRecord | undefined> {
  const [row] = await recordsOf(db, { chart: chartId, version })
  return row && toRecord(row)
}

const latestStable = prepared((db, { chart }: { chart: string }) =>
  db
    .selectFrom('versions')
    .select('version')
    .where('chart_id', '=', chart)
    .where('prerelease', '=', 0)
    .orderBy('order_key', 'desc')
    .orderBy('version')
    .limit(1),
)

/** The highest version of the chart that is no pre-release. */
export async function findLatestStable(db: Kysely<Schema>, chartId: string): Promise<string | undefined> {
  const [row] = await latestStable(db, { chart: chartId })
  return row?.version
}

/** The highest version of the chart by SemVer. */
export async function findLatestVersion(db: Kysely<Schema>, chartId: string): Promise<VersionRecord | undefined> {
  const [row] = await latestRecord(db, { chart: chartId })
  return row && toRecord(row)
}

/** Those of the named versions that are there, in the order asked for. */
export async function findVersions(
  db: Kysely<Schema>,
  chartId: string,
  versions: readonly string[],
): Promise<VersionFile[]> {
  if (versions.length === 0) return []
  const rows = await selectFiles(db)
    .where('versions.chart_id', '=', chartId)
    .where('versions.version', 'in', versions)
    .execute()
  return inOrder(rows, versions)
}

/** The rows of a page. A hundred entries may be some megabytes: others have their turn before these are sent. */
async function readListed(db: Kysely<Schema>, chartId: string, versions: readonly string[]): Promise<ListedVersion[]> {
  if (versions.length === 0) return []
  const rows = await selectFiles(db)
    .select('archives.index_entry')
    .where('versions.chart_id', '=', chartId)
    .where('versions.version', 'in', versions)
    .execute()
  const size = rows.reduce((sum, { index_entry }) => sum + index_entry.length, 0)
  if (size > LARGE_PAGE) await yieldToEventLoop()
  const listed = inOrder(rows, versions).map(({ index_entry, ...row }) => ({
    ...row,
    metadata: JSON.parse(index_entry) as IndexEntry, // it was written as one
  }))
  if (size > LARGE_PAGE) await yieldToEventLoop()
  return listed
}

function inOrder<T extends { readonly version: string }>(rows: readonly T[], versions: readonly string[]): T[] {
  const byVersion = new Map(rows.map((row) => [row.version, row]))
  return versions.flatMap((version) => byVersion.get(version) ?? [])
}

function selectFiles(db: Kysely<Schema>) {
  return db
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .leftJoin('blobs', 'blobs.digest', 'archives.provenance_digest')
    .selectAll('versions')
    .select([
      'archives.digest',
      'archives.size',
      'archives.provenance_digest',
      'archives.name',
      'archives.pushed_by',
      'archives.protocol',
      'blobs.size as provenance_size',
    ])
}

function toRecord({ metadata_json, ...row }: VersionFile & { metadata_json: string }): VersionRecord {
  return { ...row, metadata: JSON.parse(metadata_json) }
}
