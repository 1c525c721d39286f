import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { type IndexChunk, readEntries } from './index-chunks.ts'

/** What a chart's list of entries is made of. */
export interface EntryList {
  /** As JSON, which YAML can read as a key too. */
  readonly key: string
  readonly parts: readonly IndexChunk[]
}

/** Bytes, or what is read while it is sent. */
export type Piece = Uint8Array | AsyncIterable<Piece>

/** The entries of a part. */
export type WriteChunk = (part: IndexChunk) => Piece

/** Writes parts as they are, those that are not held out of the database. */
export function chunksFrom(db: Kysely<Schema>): WriteChunk {
  return (part) => ('bytes' in part ? part.bytes : readEntries(db, part.ids))
}

/** index.yaml, piece by piece, of such entries. */
export function* indexText(generated: string, entries: Iterable<Piece>): Generator<Piece> {
  yield Buffer.from(`{"apiVersion":"v1","generated":"${generated}","entries":{`)
  yield* entries
  yield Buffer.from('}}')
}

/** `"name":[{…},{…}],…`, piece by piece: what stands between the braces of an index's entries. */
export function* entriesText(charts: Iterable<EntryList>, write: WriteChunk): Generator<Piece> {
  let before = ''
  for (const { key, parts } of charts) {
    before += `${key}:[`
    for (const part of parts) {
      yield Buffer.from(before)
      yield write(part)
      before = ','
    }
    before = '],'
  }
  if (before !== '') yield Buffer.from(']')
}
