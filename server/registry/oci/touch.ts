import type { LinkedBlob } from '../../db/repositories.ts'
import type { ManifestRow } from '../../db/schema.ts'
import type { Registry } from '../registry.ts'
import { writeIfPossible } from '../write-if-possible.ts'

/*
 * A client that is told that something is there does not send it again, and then pushes what refers to it. So asking
 * counts as needing; a write for each time would be dear, and half of the time of grace is soon enough.
 */

/** Keeps the collector from a blob that somebody has asked a repository for. */
export async function touchLink(registry: Registry, link: LinkedBlob): Promise<void> {
  const now = registry.now()
  if (isFresh(registry, link.touched_at, now)) return
  await writeIfPossible(registry, (transaction) =>
    transaction
      .updateTable('repository_blobs')
      .set({ touched_at: now })
      .where('repository_id', '=', link.repository_id)
      .where('digest', '=', link.digest)
      .execute(),
  )
}

/** Keeps the collector from a manifest that somebody has asked for. */
export async function touchManifest(
  registry: Registry,
  manifest: Pick<ManifestRow, 'id' | 'touched_at'>,
): Promise<void> {
  const now = registry.now()
  if (isFresh(registry, manifest.touched_at, now)) return
  await writeIfPossible(registry, (transaction) =>
    transaction.updateTable('manifests').set({ touched_at: now }).where('id', '=', manifest.id).execute(),
  )
}

function isFresh(registry: Registry, touchedAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(touchedAt) < registry.grace / 2
}
