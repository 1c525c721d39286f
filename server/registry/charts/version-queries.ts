import type { Kysely } from 'kysely'
import type { IndexEntry } from '../../../chart/index-entry.ts'
import type { ChartMetadata } from '../../../chart/metadata.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Order, Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { ArchiveRow, ChartRow, Schema, VersionRow } from '../../db/schema.ts'

/** Total length of a page's entries, in characters, above which parsing yields to the event loop. */
const LARGE_PAGE = 1024 * 1024

/** A version with its current archive. */
export interface VersionFile
  extends VersionRow,
    Pick<ArchiveRow, 'digest' | 'size' | 'provenance_digest' | 'name' | 'pushed_by' | 'protocol'> {
  /** Size of the provenance file in bytes; null if there is none. */
  provenance_size: number | null
}

/** A version with its whole Chart.yaml. */
export interface VersionRecord extends VersionFile {
  metadata: ChartMetadata
}

/** A version with its index entry, whose size is limited. */
export interface ListedVersion extends VersionFile {
  metadata: IndexEntry
}

export interface VersionsQuery extends PageRequest {
  readonly chart: Pick<ChartRow, 'id' | 'version_count'>
  readonly query?: string | undefined
  /** Undefined: by rank when searching, then by SemVer, descending. */
  readonly orderBy?: 'version' | 'created' | undefined
  readonly order?: Order | undefined
  /** False excludes pre-releases. */
  readonly prerelease?: boolean | undefined
}

/**
 * Returns a page of the versions of a chart. Without `orderBy` by SemVer, descending; else ascending unless `order` is
 * given. Versions that are equal in SemVer are sorted by text in the opposite direction.
 */
export async function listVersions(db: Kysely<Schema>, request: VersionsQuery): Promise<Page<ListedVersion>> {
  const { orderBy } = request
  const order = request.order ?? (orderBy ? 'asc' : 'desc')
  const found = fuzzySearch('folded_version', request.query)
  let matching = db.selectFrom('versions').where('chart_id', '=', request.chart.id)
  if (found) matching = matching.where(found.matches)
  if (request.prerelease === false) matching = matching.where('prerelease', '=', 0)
  let ordered = matching.select('version')
  if (found && !orderBy) ordered = ordered.orderBy(found.rank)
  ordered =
    orderBy === 'created'
      ? ordered.orderBy('created_at', order).orderBy('version', order)
      : ordered.orderBy('order_key', order).orderBy('version', order === 'asc' ? 'desc' : 'asc')
  // Joins the archives only to the page: a join here would also be made for all skipped rows.
  const page = await ordered.limit(request.limit).offset(request.offset).execute()
  const rows = await readListed(
    db,
    request.chart.id,
    page.map(({ version }) => version),
  )
  if (!found && request.prerelease !== false) return { total: request.chart.version_count, rows }
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

/** Returns a version of a chart. */
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

/** Returns the highest stable version of a chart by SemVer. */
export async function findLatestStable(db: Kysely<Schema>, chartId: string): Promise<string | undefined> {
  const [row] = await latestStable(db, { chart: chartId })
  return row?.version
}

/** Returns the highest version of a chart by SemVer. */
export async function findLatestVersion(db: Kysely<Schema>, chartId: string): Promise<VersionRecord | undefined> {
  const [row] = await latestRecord(db, { chart: chartId })
  return row && toRecord(row)
}

/** Returns those of the versions that exist, in the requested order. */
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

/** Reads the rows of a page. A hundred entries may be some megabytes, so it yields to the event loop while parsing. */
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
    metadata: JSON.parse(index_entry) as IndexEntry, // serialized by writeVersion
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
