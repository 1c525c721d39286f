import { setImmediate } from 'node:timers/promises'

/** Rows that one statement changes at most: it takes some milliseconds. */
const ROWS = 500
/** Bytes of rows that one statement changes at most: SQLite reads a row that it changes or deletes. */
const BYTES = 4 * 1024 * 1024

/** Cuts a list into chunks that one statement handles without holding up other requests. */
export function* chunksOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS) yield items.slice(start, start + ROWS)
}

/** The same for rows that may be large; `size` in bytes. */
export function* chunksBySize<T extends { readonly size: number }>(rows: readonly T[]): Generator<T[]> {
  let chunk: T[] = []
  let bytes = 0
  for (const row of rows) {
    if (chunk.length > 0 && (chunk.length === ROWS || bytes + row.size > BYTES)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(row)
    bytes += row.size
  }
  if (chunk.length > 0) yield chunk
}

/**
 * Lets every other request have its turn. Call it between chunks of many rows, inside of a transaction too: readers have
 * a connection of their own, and other transactions wait in line.
 */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate()
}

/** The same items, with a turn of the event loop between each and the next. */
export async function* yieldBetween<T>(items: Iterable<T>): AsyncGenerator<T> {
  let isFirst = true
  for (const item of items) {
    if (!isFirst) await yieldToEventLoop()
    isFirst = false
    yield item
  }
}
