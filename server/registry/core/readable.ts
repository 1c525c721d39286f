import { type RawBuilder, sql } from 'kysely'

/** Names or IDs of the rows that the caller may list; `all` without a restriction. */
export type Readable = 'all' | readonly string[]

/** Condition that restricts `column` to readable values. Not every database accepts an empty `in ()`. */
export function isReadable(column: string, readable: Readable): RawBuilder<boolean> {
  if (readable === 'all') return sql<boolean>`1 = 1`
  if (readable.length === 0) return sql<boolean>`1 = 0`
  return sql<boolean>`${sql.ref(column)} in (${sql.join(readable)})`
}
