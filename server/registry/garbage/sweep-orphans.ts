import type { StoredBlob } from '../../blobs/blob-store.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { insertUnreferencedBlob } from '../blobs/blob-rows.ts'
import type { Registry } from '../core/registry.ts'

/** The store has already checked that the blob is old enough. */
const LONG_AGO = new Date(0).toISOString()

/**
 * Adds a row for each blob of the store that has none and was committed before `before` (ISO time, on the store's
 * clock): a crash between writing the bytes and the row left it. The row is a candidate, which the garbage collection
 * then deletes. A concurrent commit of the same bytes is safe: its pin keeps the collection away, and its row makes the
 * blob live. Returns the number of orphans found; stops early, between two pages, when `signal` is aborted.
 */
export async function sweepOrphans(registry: Registry, before: string, signal?: AbortSignal): Promise<number> {
  let found = 0
  for await (const page of registry.blobs.list()) {
    if (signal?.aborted) break
    const old = page.filter(({ committedAt }) => committedAt < before)
    const orphans = await withoutRow(registry, old)
    if (orphans.length > 0) {
      await registry.database.write(async (transaction) => {
        for (const { digest, size } of orphans)
          await insertUnreferencedBlob(transaction, { digest, size, now: LONG_AGO })
      })
    }
    found += orphans.length
    await yieldToEventLoop()
  }
  return found
}

/** Returns those of the given blobs that have no row. */
export async function withoutRow(
  { database }: { readonly database: Pick<Registry['database'], 'read'> },
  blobs: readonly StoredBlob[],
): Promise<StoredBlob[]> {
  if (blobs.length === 0) return []
  const rows = await database.read
    .selectFrom('blobs')
    .select('digest')
    .where(
      'digest',
      'in',
      blobs.map(({ digest }) => digest),
    )
    .execute()
  const known = new Set(rows.map(({ digest }) => digest))
  return blobs.filter(({ digest }) => !known.has(digest))
}
