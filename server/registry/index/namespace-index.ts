import type { Kysely } from 'kysely'
import { indexKey } from '../../../chart/index-entry.ts'
import { yieldBetween } from '../../db/chunks.ts'
import type { NamespaceRow, Schema } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { revisionCache } from '../core/revision-cache.ts'
import { type Room, readChunks } from './index-chunks.ts'
import { type IndexedChart, listIndexedArchives, listIndexedCharts } from './index-queries.ts'
import { chunksFrom, type EntryList, entriesText, indexText, type Piece } from './write-index.ts'

/** What is sent as index.yaml: JSON, which is YAML too, and which helm from 3.13 on reads five times faster. */
export interface IndexBody {
  /** Differs whenever the bytes do; without quotes. */
  readonly entityTag: string
  /** How many bytes the pieces are together; null where that is known only when they have been sent. */
  readonly size: number | null
  pieces(): Iterable<Piece>
}

/** The index of one namespace, as it was when it was asked for or later. */
export interface NamespaceIndex extends IndexBody {
  /** Bytes of it that are held in the process. */
  readonly held: number
  /** The entries of each chart, in the order of names, by the chart's ID. */
  readonly charts: ReadonlyMap<string, ChartEntries>
}

/** The entries of a chart. An index and those before it have the parts in common that have not changed. */
export interface ChartEntries extends EntryList {
  readonly name: string
  /** How often the chart had been changed when they were read. */
  readonly revision: number
}

type State = Pick<NamespaceRow, 'id' | 'revision' | 'updated_at'>

/** Bytes of all indexes that are kept, and about what a chart takes of them beside its entries. */
const KEPT_BYTES = 80 * 1024 * 1024
const CHART_BYTES = 500
/** About what the ID of an archive takes. */
const ID_BYTES = 64
/** Bytes of an index that are held; what is beyond is read from the database each time that it is sent. */
const HELD_BYTES = 64 * 1024 * 1024
/** How many charts are read at once. */
const CHARTS_AT_ONCE = 64
/** How often what is read is read again because somebody wrote meanwhile. */
const ROUNDS = 5

const kept = revisionCache<NamespaceIndex>({ maxBytes: KEPT_BYTES, sizeOf, revisionOf: (index) => index.entityTag })

/**
 * index.yaml of a namespace: every version, newest first by SemVer. `namespace` says what must be in it: a row that
 * was read after a write gives an index that has what was written. Of an index that is kept, only the charts that
 * have changed are read again.
 */
export async function namespaceIndex(registry: Registry, namespace: State): Promise<NamespaceIndex> {
  return kept(registry).get(namespace.id, entityTagOf(namespace), (previous) =>
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
  // Several statements see several moments: what they saw is one state only when nothing was written in between.
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
  const isKept = ({ id, revision }: IndexedChart) => previous?.charts.get(id)?.revision === revision
  const changed = listed.filter((chart) => !isKept(chart))
  const fresh = new Map<string, ChartEntries>()
  const unchanged = listed.flatMap((chart) => (isKept(chart) ? (previous?.charts.get(chart.id) ?? []) : []))
  const room = { bytes: HELD_BYTES - heldBytes(unchanged) }
  for await (const some of yieldBetween(chartsAtOnce(changed))) {
    for (const [id, entries] of await readCharts(read, some, previous, room)) fresh.set(id, entries)
  }
  const charts = new Map<string, ChartEntries>()
  for (const chart of listed) {
    const entries = isKept(chart) ? previous?.charts.get(chart.id) : fresh.get(chart.id)
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

/** What charts take of the process's memory: their entries, or the IDs that these are read by. */
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
  room: Room,
): Promise<[string, ChartEntries][]> {
  const ids = charts.map(({ id }) => id)
  const archives = await listIndexedArchives(db, ids)
  const kept = ids.flatMap((id) => previous?.charts.get(id)?.parts ?? [])
  const read = await readChunks(
    db,
    ids.map((id) => archives.get(id) ?? []),
    kept,
    room,
  )
  return charts.flatMap(({ id, name, revision }, index) => {
    const [key, parts = []] = [indexKey(name), read[index]]
    // A chart that was deleted a moment ago has no entries, and a null or an empty list is not what helm expects.
    return key === null || parts.length === 0 ? [] : [[id, { name, revision, key, parts }]]
  })
}

/** The time is in it too: it is written into the index, and other changes than those of charts move it on. */
function entityTagOf({ id, revision, updated_at }: State): string {
  return `${id}.${revision}.${Date.parse(updated_at).toString(36)}`
}
