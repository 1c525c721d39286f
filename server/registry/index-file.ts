import { type IndexEntryRow, listIndexEntries, listIndexedCharts } from '../db/index-entries.ts'
import type { NamespaceRow } from '../db/schema.ts'
import { indexKey } from './index-entry.ts'
import { KeptTexts } from './kept-texts.ts'
import type { Registry } from './registry.ts'

/** The index of one namespace, as it was when it was asked for or later. */
export interface NamespaceIndex {
  /** Differs whenever the bytes do; without quotes. */
  readonly entityTag: string
  /** index.yaml: JSON, which is YAML too, and which helm from 3.13 on reads five times faster. */
  readonly body: Buffer<ArrayBuffer>
  /** The entries of each chart inside of `body`, `"name":[{…},{…}]`, in the order of names, by the chart's ID. */
  readonly charts: ReadonlyMap<string, ChartEntries>
}

/** Where the entries of a chart are, and how often it had been changed when they were read. */
export interface ChartEntries {
  readonly name: string
  readonly revision: number
  readonly start: number
  /** Where the list begins, after the key. */
  readonly list: number
  readonly end: number
}

type State = Pick<NamespaceRow, 'id' | 'revision' | 'updated_at'>

/** Bytes of all indexes that are kept. */
const KEPT_BYTES = 64 * 1024 * 1024
/** How often what is read is read again because somebody wrote meanwhile. */
const ROUNDS = 5

const kept = new WeakMap<Registry, KeptTexts<NamespaceIndex>>()

/**
 * index.yaml of a namespace: every version, newest first by SemVer. `namespace` says what must be in it: a row that
 * was read after a write gives an index that has what was written. Of an index that is kept, only the charts that
 * have changed are read again.
 */
export async function namespaceIndex(registry: Registry, namespace: State): Promise<NamespaceIndex> {
  let texts = kept.get(registry)
  if (!texts) {
    texts = new KeptTexts({ room: KEPT_BYTES, sizeOf: ({ body }) => body.length, stateOf: (index) => index.entityTag })
    kept.set(registry, texts)
  }
  return texts.get(namespace.id, entityTagOf(namespace), (previous) => readIndex(registry, namespace, previous))
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
  const charts = await listIndexedCharts(read, state.id)
  const changed = charts.filter(({ id, revision }) => previous?.charts.get(id)?.revision !== revision)
  const fresh = await listIndexEntries(
    read,
    state.id,
    changed.map(({ id }) => id),
  )
  const head = Buffer.from(`{"apiVersion":"v1","generated":"${state.updated_at}","entries":{`)
  const pieces = [head]
  const places = new Map<string, ChartEntries>()
  let length = head.length
  for (const { id, name, revision } of charts) {
    const key = indexKey(name)
    const piece = unchanged(previous, id, revision) ?? chartPiece(key, fresh.get(id))
    if (key === null || !piece) continue
    if (places.size > 0) {
      pieces.push(COMMA)
      length += COMMA.length
    }
    const list = length + Buffer.byteLength(key) + ':'.length
    places.set(id, { name, revision, start: length, list, end: length + piece.length })
    pieces.push(piece)
    length += piece.length
  }
  pieces.push(Buffer.from('}}'))
  return { entityTag: entityTagOf(state), body: Buffer.concat(pieces), charts: places }
}

const COMMA = Buffer.from(',')

function unchanged(
  previous: NamespaceIndex | undefined,
  chartId: string,
  revision: number,
): Buffer<ArrayBuffer> | undefined {
  const place = previous?.charts.get(chartId)
  return place?.revision === revision ? previous?.body.subarray(place.start, place.end) : undefined
}

function chartPiece(
  key: string | null,
  entries: readonly IndexEntryRow[] | undefined,
): Buffer<ArrayBuffer> | undefined {
  // A chart that was deleted a moment ago has no entries, and a null or an empty list is not what helm expects.
  if (key === null || !entries) return undefined
  return Buffer.from(`${key}:[${entries.map((entry) => entry.index_entry).join(',')}]`)
}

/** The time is in it too: it is written into the index, and other changes than those of charts move it on. */
function entityTagOf({ id, revision, updated_at }: State): string {
  return `${id}.${revision}.${Date.parse(updated_at).toString(36)}`
}
