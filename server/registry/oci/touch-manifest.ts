import type { ManifestRow } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import type { LinkedBlob } from './repository-queries.ts'

/*
 * A client that learns that content exists does not upload it and then pushes a manifest that refers to it. A request
 * therefore extends the grace period; to limit writes, at most once per half of the grace period.
 */

/** Extends the grace period of a blob that was requested from a repository. */
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

/** Extends the grace period of a requested manifest. */
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

/** Whether the grace period needs no extension. Released content always does: it may be collected at once. */
function isFresh(registry: Registry, { touched_at, released_at }: Touched, now: string): boolean {
  return released_at === null && Date.parse(now) - Date.parse(touched_at) < registry.grace / 2
}
