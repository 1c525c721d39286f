import type { Transaction } from 'kysely'
import type { Schema, VersionRow } from '../../db/schema.ts'

/** Keeps the manifest of a version, which is about to get the manifest `next`, as long as the version exists. */
export async function keepFormerManifest(
  transaction: Transaction<Schema>,
  { id: version_id, manifest_id }: Pick<VersionRow, 'id' | 'manifest_id'>,
  next: string | null,
): Promise<void> {
  if (manifest_id === null || manifest_id === next) return
  await transaction
    .insertInto('former_manifests')
    .values({ manifest_id, version_id })
    .onConflict((conflict) => conflict.column('manifest_id').doUpdateSet({ version_id }))
    .execute()
}

/** Returns the IDs of all manifests that the versions had before. */
export async function listFormerManifests(
  transaction: Transaction<Schema>,
  versionIds: readonly string[],
): Promise<string[]> {
  const rows = await transaction
    .selectFrom('former_manifests')
    .select('manifest_id')
    .where('version_id', 'in', versionIds)
    .execute()
  return rows.map(({ manifest_id }) => manifest_id)
}
