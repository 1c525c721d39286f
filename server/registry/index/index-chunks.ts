import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { yieldToEventLoop } from '../../db/chunks.ts'
import type { Schema } from '../../db/schema.ts'
import { listIndexEntries } from './index-queries.ts'

/** Entries of a chart that stand together in the index: `{…},{…}`. */
export type IndexChunk = CachedChunk | UncachedChunk

/** A part whose entries are in the process, with memory of their own. */
export interface CachedChunk {
  /** Digest of the IDs of the archives that they are of: these take many bytes. */
  readonly archives: string
  readonly bytes: Uint8Array
}

/** A part of a large index, whose entries are read from the database each time that it is sent. */
export interface UncachedChunk {
  /** IDs of the archives, in the order of the index. */
  readonly ids: readonly string[]
}

/** How much more of an index may be held, in bytes. */
export interface Room {
  bytes: number
}

/** How many entries stand together, about: more cost more to read again after a push, fewer more to keep. */
const TOGETHER = 64
/** How many stand together at most: with large entries, that is what one turn of the event loop can handle. */
const LONGEST = 3 * TOGETHER
/** Entries that are read at once, about, where they are as small as most, and else: they are held twice meanwhile. */
const READ_AT_ONCE = 400
const LARGE_AT_ONCE = 64
/** Characters of a large entry, at least. */
const LARGE_ENTRY = 4096

/**
 * The entries of charts, each given as the IDs of its archives in the order of the index. Parts that are in `kept` too
 * are not read again: archives never change. Once there is no `room` left, no more are read.
 */
export async function readChunks(
  db: Kysely<Schema>,
  charts: readonly (readonly string[])[],
  kept: readonly IndexChunk[],
  room: Room,
): Promise<IndexChunk[][]> {
  const known = new Map(kept.flatMap((part) => ('bytes' in part ? [[part.archives, part]] : [])))
  const wanted = charts.map((archives) => cut(archives).map((ids) => ({ ids, archives: hash('sha256', ids.join()) })))
  for (const { archives } of wanted.flat()) room.bytes -= known.get(archives)?.bytes.length ?? 0
  const missing = wanted.flat().filter(({ archives }) => !known.has(archives))
  const gone = new Set<string>()
  for (let from = 0, atOnce = LARGE_AT_ONCE; from < missing.length && room.bytes > 0; ) {
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
      // Some may have gone a moment ago; the chart is then read again.
      const texts = ids.flatMap((id) => entries.get(id) ?? [])
      if (texts.length === 0) gone.add(archives)
      else {
        const part = { archives, bytes: ENCODER.encode(texts.join(',')) }
        known.set(archives, part)
        room.bytes -= part.bytes.length
        length += part.bytes.length
      }
    }
    atOnce = length / ids.length < LARGE_ENTRY ? READ_AT_ONCE : LARGE_AT_ONCE
  }
  return wanted.map((parts) =>
    parts.flatMap(({ ids, archives }) => (gone.has(archives) ? [] : (known.get(archives) ?? { ids }))),
  )
}

const ENCODER = new TextEncoder()

/**
 * The entries of archives, `{…},{…}`, some of them at a time. Throws when one is gone: the collector leaves those that
 * were in use lately, so that an index that is being sent can be sent to its end.
 */
export async function* readEntries(db: Kysely<Schema>, ids: readonly string[]): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < ids.length; start += LARGE_AT_ONCE) {
    if (start > 0) await yieldToEventLoop()
    const some = ids.slice(start, start + LARGE_AT_ONCE)
    const entries = await listIndexEntries(db, some)
    const texts = some.flatMap((id) => entries.get(id) ?? [])
    if (texts.length < some.length) throw new Error('An archive is gone whose entry was to be sent.')
    yield ENCODER.encode(`${start > 0 ? ',' : ''}${texts.join(',')}`)
  }
}

/**
 * Cuts behind archives whose random IDs say so, and not after so many: one that comes or goes then changes the part in
 * which it stands, and next to never another one.
 */
function cut(archives: readonly string[]): string[][] {
  const parts: string[][] = []
  let open: string[] | undefined
  for (const id of archives) {
    if (!open) {
      open = []
      parts.push(open)
    }
    open.push(id)
    if (Number.parseInt(id.slice(-4), 16) % TOGETHER === 0 || open.length === LONGEST) open = undefined
  }
  return parts
}
