import type { Kysely } from 'kysely'
import { indexKey } from '../../../chart/index-entry.ts'
import { yieldBetween } from '../../db/chunks.ts'
import type { NamespaceRow, Schema } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { revisionCache } from '../core/revision-cache.ts'
import { type MemoryBudget, readChunks } from './index-chunks.ts'
import { type IndexedChart, listIndexedArchives, listIndexedCharts } from './index-queries.ts'
import { chunksFrom, type EntryList, entriesText, indexText, type Piece } from './write-index.ts'

/** Body of an index.yaml, written as JSON: valid YAML, which helm 3.13 and later parse five times faster. */
export interface IndexBody {
  /** Entity tag without quotes: changes with the content. */
  readonly entityTag: string
  /** Size in bytes; null if it is only known once all pieces are written. */
  readonly size: number | null
  pieces(): Iterable<Piece>
}

/** The index of a namespace, at the requested revision or a later one. */
export interface NamespaceIndex extends IndexBody {
  /** Bytes that it occupies in memory. */
  readonly held: number
  /** Entries of each chart by the chart's ID, in the order of names. */
  readonly charts: ReadonlyMap<string, ChartEntries>
}

/** The entries of a chart. Successive indexes share unchanged parts. */
export interface ChartEntries extends EntryList {
  readonly name: string
  /** Revision of the chart when the entries were read. */
  readonly revision: number
}

type State = Pick<NamespaceRow, 'id' | 'revision' | 'updated_at'>

/** Limit of all cached indexes, in bytes, and estimated overhead of a chart in them. */
const CACHE_BYTES = 80 * 1024 * 1024
const CHART_BYTES = 500
/** Estimated size of an archive ID in memory, in bytes. */
const ID_BYTES = 64
/** Limit of one index in memory, in bytes; further entries are read from the database for each response. */
const HELD_BYTES = 64 * 1024 * 1024
/** Charts read by one query. */
const CHARTS_AT_ONCE = 64
/** Attempts to read a consistent index during concurrent writes. */
const ROUNDS = 5

const cacheOf = revisionCache<NamespaceIndex>({ maxBytes: CACHE_BYTES, sizeOf, revisionOf: (index) => index.entityTag })

/**
 * Returns the index.yaml of a namespace with every version, newest first by SemVer. It contains at least the writes
 * that the row `namespace` reflects. Uses the cached index and reads only changed charts again.
 */
export async function namespaceIndex(registry: Registry, namespace: State): Promise<NamespaceIndex> {
  return cacheOf(registry).get(namespace.id, entityTagOf(namespace), (previous) =>
    readIndex(registry, namespace, previous),
  )
}

function sizeOf({ held, charts }: NamespaceIndex): number {
  return held + charts.size * CHART_BYTES
}

async function readIndex(
  registry: Registry,
  namespace: State,
  previous: NamespaceIndex | undefined,
): Promise<NamespaceIndex> {
  let state = namespace
  let index = previous
  // The statements do not share a snapshot: the result is consistent only if nothing was written in between.
  for (let round = 1; ; round++) {
    index = await joinIndex(registry, state, index)
    const now = await registry.database.read
      .selectFrom('namespaces')
      .select(['id', 'revision', 'updated_at'])
      .where('id', '=', state.id)
      .executeTakeFirst()
    if (!now || entityTagOf(now) === index.entityTag || round === ROUNDS) return index
    state = now
  }
}

async function joinIndex(
  registry: Registry,
  state: State,
  previous: NamespaceIndex | undefined,
): Promise<NamespaceIndex> {
  const { read } = registry.database
  const listed = await listIndexedCharts(read, state.id)
  const isUnchanged = ({ id, revision }: IndexedChart) => previous?.charts.get(id)?.revision === revision
  const changed = listed.filter((chart) => !isUnchanged(chart))
  const reread = new Map<string, ChartEntries>()
  const unchanged = listed.flatMap((chart) => (isUnchanged(chart) ? (previous?.charts.get(chart.id) ?? []) : []))
  const budget = { bytes: HELD_BYTES - heldBytes(unchanged) }
  for await (const batch of yieldBetween(chartsAtOnce(changed))) {
    for (const [id, entries] of await readCharts(read, batch, previous, budget)) reread.set(id, entries)
  }
  const charts = new Map<string, ChartEntries>()
  for (const chart of listed) {
    const entries = isUnchanged(chart) ? previous?.charts.get(chart.id) : reread.get(chart.id)
    if (entries) charts.set(chart.id, entries)
  }
  const pieces = () => indexText(state.updated_at, entriesText(charts.values(), chunksFrom(read)))
  let size: number | null = 0
  for (const piece of pieces()) size = size === null || !(piece instanceof Uint8Array) ? null : size + piece.length
  return { entityTag: entityTagOf(state), size, held: heldBytes(charts.values()), charts, pieces }
}

function* chartsAtOnce(charts: readonly IndexedChart[]): Generator<IndexedChart[]> {
  for (let from = 0; from < charts.length; from += CHARTS_AT_ONCE) yield charts.slice(from, from + CHARTS_AT_ONCE)
}

/** Memory used by charts, in bytes: of their entries, or of the IDs by which entries are read. */
function heldBytes(charts: Iterable<ChartEntries>): number {
  let bytes = 0
  for (const { parts } of charts) {
    for (const part of parts) bytes += 'bytes' in part ? part.bytes.length : part.ids.length * ID_BYTES
  }
  return bytes
}

async function readCharts(
  db: Kysely<Schema>,
  charts: readonly IndexedChart[],
  previous: NamespaceIndex | undefined,
  budget: MemoryBudget,
): Promise<[string, ChartEntries][]> {
  const ids = charts.map(({ id }) => id)
  const archives = await listIndexedArchives(db, ids)
  const previousParts = ids.flatMap((id) => previous?.charts.get(id)?.parts ?? [])
  const read = await readChunks(
    db,
    ids.map((id) => archives.get(id) ?? []),
    previousParts,
    budget,
  )
  return charts.flatMap(({ id, name, revision }, index) => {
    const [key, parts = []] = [indexKey(name), read[index]]
    // A chart deleted concurrently has no entries; helm does not accept an empty list.
    return key === null || parts.length === 0 ? [] : [[id, { name, revision, key, parts }]]
  })
}

/** Entity tag of an index. Includes the time, which is part of the index and also changes without the charts. */
function entityTagOf({ id, revision, updated_at }: State): string {
  return `${id}.${revision}.${Date.parse(updated_at).toString(36)}`
}
