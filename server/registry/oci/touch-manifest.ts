import type { ManifestRow } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import type { LinkedBlob } from './repository-queries.ts'

/*
 * A client that is told that something is there does not send it again, and then pushes what refers to it. So asking
 * counts as needing; a write for each time would be dear, and half of the time of grace is soon enough.
 */

/** Keeps the collector from a blob that somebody has asked a repository for. */
export async function touchLink(registry: Registry, link: LinkedBlob): Promise<void> {
  const now = registry.now()
  if (isFresh(registry, link, now)) return
  await writeIfPossible(registry, (transaction) =>
    transaction
      .updateTable('repository_blobs')
      .set({ touched_at: now, released_at: null })
      .where('repository_id', '=', link.repository_id)
      .where('digest', '=', link.digest)
      .execute(),
  )
}

/** Keeps the collector from a manifest that somebody has asked for. */
export async function touchManifest(
  registry: Registry,
  manifest: Pick<ManifestRow, 'id' | 'touched_at' | 'released_at'>,
): Promise<void> {
  const now = registry.now()
  if (isFresh(registry, manifest, now)) return
  await writeIfPossible(registry, (transaction) =>
    transaction
      .updateTable('manifests')
      .set({ touched_at: now, released_at: null })
      .where('id', '=', manifest.id)
      .execute(),
  )
}

type Touched = Pick<ManifestRow, 'touched_at' | 'released_at'>

/** What a deletion has released is not: it may be collected at once. */
function isFresh(registry: Registry, { touched_at, released_at }: Touched, now: string): boolean {
  return released_at === null && Date.parse(now) - Date.parse(touched_at) < registry.grace / 2
}
