import type { Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { namesOfDigest } from '../../db/digests.ts'
import type { Schema } from '../../db/schema.ts'
import { removeBlobUses } from '../../db/used-blobs.ts'

/** A manifest that goes. No version may point at it any more. */
export interface ManifestToDelete {
  readonly id: string
  readonly repository_id: string
  readonly digest: Digest
}

/**
 * Deletes a manifest with its tags. What it was made of, what it listed and what was about it are marked as needed
 * until now, so that the collector gives them its time of grace.
 */
export async function deleteManifestRows(
  transaction: Transaction<Schema>,
  instanceId: string,
  { id, repository_id, digest }: ManifestToDelete,
  now: string,
): Promise<void> {
  const blobs = await transaction.selectFrom('manifest_blobs').select('digest').where('manifest_id', '=', id).execute()
  await removeBlobUses(
    transaction,
    instanceId,
    blobs.map((blob) => blob.digest),
  )
  await transaction
    .updateTable('repository_blobs')
    .set({ touched_at: now })
    .where('repository_id', '=', repository_id)
    .where('digest', 'in', (eb) => eb.selectFrom('manifest_blobs').select('digest').where('manifest_id', '=', id))
    .execute()
  await transaction
    .updateTable('manifests')
    .set({ touched_at: now })
    .where('id', 'in', (eb) => eb.selectFrom('manifest_children').select('child_id').where('manifest_id', '=', id))
    .execute()
  await transaction
    .updateTable('manifests')
    .set({ touched_at: now })
    .where('repository_id', '=', repository_id)
    .where('subject', 'in', await namesOfDigest(transaction, digest))
    .execute()
  await transaction.deleteFrom('manifests').where('id', '=', id).execute()
}
