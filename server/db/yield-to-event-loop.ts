import { setImmediate } from 'node:timers/promises'

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
