import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { yieldToEventLoop } from '../../db/chunks.ts'
import type { Schema } from '../../db/schema.ts'
import { listIndexEntries } from './index-queries.ts'

/** A chunk of the consecutive entries of a chart: `{…},{…}`. */
export type IndexChunk = CachedChunk | UncachedChunk

/** A chunk whose entries are in memory. */
export interface CachedChunk {
  /** Digest of the IDs of its archives, which takes less memory than the IDs. */
  readonly archives: string
  readonly bytes: Uint8Array
}

/** A chunk of a large index, whose entries are read from the database for each response. */
export interface UncachedChunk {
  /** IDs of the archives, in the order of the index. */
  readonly ids: readonly string[]
}

/** Remaining memory for the entries of an index, in bytes. */
export interface MemoryBudget {
  bytes: number
}

/** Average entries of a chunk: larger chunks cost more to read again after a push, smaller ones more memory. */
const AVERAGE_CHUNK = 64
/** Largest number of entries of a chunk: one turn of the event loop can handle as many large entries. */
const LARGEST_CHUNK = 3 * AVERAGE_CHUNK
/** Approximate number of entries per query, if they are small, and if large: they are in memory twice meanwhile. */
const READ_AT_ONCE = 400
const LARGE_AT_ONCE = 64
/** Smallest average size of large entries, in bytes. */
const LARGE_ENTRY = 4096

/**
 * Returns the chunks of charts, each chart given by the IDs of its archives in the order of the index. Chunks in
 * `previous` are reused, because archives never change. Once the `budget` is exhausted, further chunks are not cached.
 */
export async function readChunks(
  db: Kysely<Schema>,
  charts: readonly (readonly string[])[],
  previous: readonly IndexChunk[],
  budget: MemoryBudget,
): Promise<IndexChunk[][]> {
  const known = new Map(previous.flatMap((part) => ('bytes' in part ? [[part.archives, part]] : [])))
  const chunks = charts.map((archives) =>
    splitIntoChunks(archives).map((ids) => ({ ids, archives: hash('sha256', ids.join()) })),
  )
  for (const { archives } of chunks.flat()) budget.bytes -= known.get(archives)?.bytes.length ?? 0
  const missing = chunks.flat().filter(({ archives }) => !known.has(archives))
  const deleted = new Set<string>()
  for (let from = 0, atOnce = LARGE_AT_ONCE; from < missing.length && budget.bytes > 0; ) {
    if (from > 0) await yieldToEventLoop()
    const group: typeof missing = []
    for (let size = 0; size < atOnce; from++) {
      const next = missing[from]
      if (!next) break
      group.push(next)
      size += next.ids.length
    }
    const ids = group.flatMap((part) => part.ids)
    const entries = await listIndexEntries(db, ids)
    let length = 0
    for (const { ids, archives } of group) {
      // Archives may be deleted concurrently; the chart is then read again.
      const texts = ids.flatMap((id) => entries.get(id) ?? [])
      if (texts.length === 0) deleted.add(archives)
      else {
        const part = { archives, bytes: ENCODER.encode(texts.join(',')) }
        known.set(archives, part)
        budget.bytes -= part.bytes.length
        length += part.bytes.length
      }
    }
    atOnce = length / ids.length < LARGE_ENTRY ? READ_AT_ONCE : LARGE_AT_ONCE
  }
  return chunks.map((parts) =>
    parts.flatMap(({ ids, archives }) => (deleted.has(archives) ? [] : (known.get(archives) ?? { ids }))),
  )
}

const ENCODER = new TextEncoder()

/**
 * Yields the entries of archives, `{…},{…}`, in batches. Throws if one no longer exists; the grace period of the
 * garbage collection keeps archives until responses in progress have ended.
 */
export async function* readEntries(db: Kysely<Schema>, ids: readonly string[]): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < ids.length; start += LARGE_AT_ONCE) {
    if (start > 0) await yieldToEventLoop()
    const batch = ids.slice(start, start + LARGE_AT_ONCE)
    const entries = await listIndexEntries(db, batch)
    const texts = batch.flatMap((id) => entries.get(id) ?? [])
    if (texts.length < batch.length) throw new Error('An archive of the index no longer exists.')
    yield ENCODER.encode(`${start > 0 ? ',' : ''}${texts.join(',')}`)
  }
}

/**
 * Splits archives into chunks with content-defined chunking: a chunk ends at an archive whose random ID is a multiple
 * of the average. An inserted or deleted archive then changes only its own chunk, except at the maximum length.
 */
function splitIntoChunks(archives: readonly string[]): string[][] {
  const parts: string[][] = []
  let open: string[] | undefined
  for (const id of archives) {
    if (!open) {
      open = []
      parts.push(open)
    }
    open.push(id)
    if (Number.parseInt(id.slice(-4), 16) % AVERAGE_CHUNK === 0 || open.length === LARGEST_CHUNK) open = undefined
  }
  return parts
}
