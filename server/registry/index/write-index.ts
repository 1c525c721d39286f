import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { type IndexChunk, readEntries } from './index-chunks.ts'

/** Entries of a chart in an index. */
export interface EntryList {
  /** Key of the chart as a JSON string, which is also a valid YAML key. */
  readonly key: string
  readonly parts: readonly IndexChunk[]
}

/** Bytes, or pieces that are read while they are sent. */
export type Piece = Uint8Array | AsyncIterable<Piece>

/** Returns the serialized entries of a chunk. */
export type WriteChunk = (part: IndexChunk) => Piece

/** Returns a function that serializes cached chunks from memory and others from the database. */
export function chunksFrom(db: Kysely<Schema>): WriteChunk {
  return (part) => ('bytes' in part ? part.bytes : readEntries(db, part.ids))
}

/** Yields an index.yaml with these entries in pieces. `generated` is ISO. */
export function* indexText(generated: string, entries: Iterable<Piece>): Generator<Piece> {
  yield Buffer.from(`{"apiVersion":"v1","generated":"${generated}","entries":{`)
  yield* entries
  yield Buffer.from('}}')
}

/** Yields the members of the `entries` object, `"name":[{…},{…}],…`, in pieces. */
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
