import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { listIndexEntries } from '../db/index-entries.ts'
import type { Schema } from '../db/schema.ts'

/** Entries of a chart that stand together in the index: `{…},{…}`, with memory of their own. */
export interface IndexPart {
  /** Digest of the IDs of the archives that they are of: these take many bytes. */
  readonly archives: string
  readonly bytes: Uint8Array
}

/** How many entries stand together, about: more cost more to read again after a push, fewer more to keep. */
const TOGETHER = 64
/** Entries that are read at once, about: they are held twice meanwhile. */
const READ_AT_ONCE = 400

/**
 * The entries of charts, each given as the IDs of its archives in the order of the index. Parts that are in `kept` too
 * are not read again: archives never change.
 */
export async function readParts(
  db: Kysely<Schema>,
  charts: readonly (readonly string[])[],
  kept: readonly IndexPart[],
): Promise<IndexPart[][]> {
  const known = new Map(kept.map((part) => [part.archives, part]))
  const wanted = charts.map((archives) => cut(archives).map((ids) => ({ ids, archives: hash('sha256', ids.join()) })))
  const missing = wanted.flat().filter(({ archives }) => !known.has(archives))
  for (let from = 0; from < missing.length; ) {
    const group: typeof missing = []
    for (let size = 0; size < READ_AT_ONCE; from++) {
      const next = missing[from]
      if (!next) break
      group.push(next)
      size += next.ids.length
    }
    const entries = await listIndexEntries(
      db,
      group.flatMap(({ ids }) => ids),
    )
    for (const { ids, archives } of group) {
      // Some may have gone a moment ago; the chart is then read again.
      const texts = ids.flatMap((id) => entries.get(id) ?? [])
      if (texts.length > 0) known.set(archives, { archives, bytes: new TextEncoder().encode(texts.join(',')) })
    }
  }
  return wanted.map((parts) => parts.flatMap(({ archives }) => known.get(archives) ?? []))
}

/**
 * Cuts behind archives whose random IDs say so, and not after so many: one that comes or goes then changes the part in
 * which it stands, and no other.
 */
function cut(archives: readonly string[]): string[][] {
  const parts: string[][] = []
  let open: string[] | undefined
  for (const id of archives) {
    if (!open) {
      open = []
      parts.push(open)
    }
    open.push(id)
    if (Number.parseInt(id.slice(-4), 16) % TOGETHER === 0) open = undefined
  }
  return parts
}
