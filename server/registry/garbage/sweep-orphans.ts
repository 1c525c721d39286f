import type { StoredBlob } from '../../blobs/blob-store.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { insertUnreferencedBlob } from '../blobs/blob-rows.ts'
import type { Registry } from '../core/registry.ts'

/** Long ago: the store has said that the blob is old enough. */
const LONG_AGO = new Date(0).toISOString()

/**
 * Gives a row to each blob of the store that has none and was committed before `before` (ISO time, on the store's
 * clock): a crash between bytes and row left it. As a candidate it is then collected like any other garbage. A commit
 * of the same bytes that is under way cannot lose: its claim keeps the collector away, and its row makes the blob live.
 * Returns how many there were.
 */
export async function sweepOrphans(registry: Registry, before: string): Promise<number> {
  let found = 0
  for await (const page of registry.blobs.list()) {
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

/** Those of some blobs that the database does not know. */
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
