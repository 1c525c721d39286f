import { type RawBuilder, sql } from 'kysely'

/** What may be listed, by name or ID: all, or these. */
export type Readable = 'all' | readonly string[]

/** Whether the column holds one of what may be listed. None at all is no list that every database takes. */
export function isReadable(column: string, readable: Readable): RawBuilder<boolean> {
  if (readable === 'all') return sql<boolean>`1 = 1`
  if (readable.length === 0) return sql<boolean>`1 = 0`
  return sql<boolean>`${sql.ref(column)} in (${sql.join(readable)})`
}
