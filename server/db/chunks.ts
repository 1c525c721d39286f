import { setImmediate } from 'node:timers/promises'

/** Limit of rows changed by one statement, which takes some milliseconds. */
const ROWS = 256
/** Limit of the total size of these rows, in bytes: SQLite reads a row that it changes or deletes. */
const BYTES = 4 * 1024 * 1024

/** Splits a list into chunks that one statement handles without blocking the event loop for long. */
export function* chunksOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS) yield items.slice(start, start + ROWS)
}

/** Splits rows that may be large into chunks, also by their total `size` in bytes. */
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
 * Yields to the event loop, so that other requests proceed. Call it between chunks of many rows, also in a transaction:
 * reads use another connection, and other transactions wait.
 */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate()
}

/** Yields the items, and yields to the event loop between them. */
export async function* yieldBetween<T>(items: Iterable<T>): AsyncGenerator<T> {
  let isFirst = true
  for (const item of items) {
    if (!isFirst) await yieldToEventLoop()
    isFirst = false
    yield item
  }
}
