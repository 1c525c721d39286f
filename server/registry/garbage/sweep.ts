import { chunksOf, yieldBetween, yieldToEventLoop } from '../../db/chunks.ts'
import type { Slice } from './garbage-queries.ts'

/**
 * Scans a table in slices and calls `remove` for the garbage rows of each in chunks, each of which is one transaction.
 * Returns the sum of the results of `remove`.
 */
export async function sweep<T, Key>(
  signal: AbortSignal | undefined,
  find: (after: Key | null) => Promise<Slice<T, Key>>,
  remove: (garbage: readonly T[]) => Promise<number>,
): Promise<number> {
  let removed = 0
  for (let after: Key | null = null, isLast = false; !isLast; ) {
    const { garbage, next }: Slice<T, Key> = await find(after)
    for await (const chunk of yieldBetween(chunksOf(garbage))) {
      signal?.throwIfAborted()
      removed += await remove(chunk)
    }
    after = next
    isLast = next === null
    await yieldToEventLoop()
  }
  return removed
}
