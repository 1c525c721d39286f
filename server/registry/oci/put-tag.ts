import type { Transaction } from 'kysely'
import { versionOfTag } from '../../../chart/oci-names.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import type { NamespaceRow, RepositoryRow, Schema } from '../../db/schema.ts'
import { findChart } from '../charts/chart-queries.ts'
import { RegistryError } from '../core/registry-error.ts'

/** The version that owns a tag, because the tag is named after it. */
export interface OwnedTag {
  readonly versionId: string
  readonly version: string
  readonly chart: string
  readonly manifestId: string | null
}

/** Whether a tag moved, and the digest of the manifest that it pointed to before. */
export interface TagMove {
  readonly moved: boolean
  readonly before: Digest | undefined
}

/** Points a tag to a manifest. The grace period of the manifest that it pointed to before starts. */
export async function putTag(
  transaction: Transaction<Schema>,
  repository: Pick<RepositoryRow, 'id'>,
  { tag, manifestId, now }: { readonly tag: string; readonly manifestId: string; readonly now: string },
): Promise<TagMove> {
  const before = await transaction
    .selectFrom('tags')
    .innerJoin('manifests', 'manifests.id', 'tags.manifest_id')
    .select(['tags.manifest_id', 'manifests.digest'])
    .where('tags.repository_id', '=', repository.id)
    .where('tags.name', '=', tag)
    .executeTakeFirst()
  if (before?.manifest_id === manifestId) return { moved: false, before: before.digest }
  await transaction
    .insertInto('tags')
    .values({ repository_id: repository.id, name: tag, manifest_id: manifestId, updated_at: now })
    .onConflict((conflict) =>
      conflict.columns(['repository_id', 'name']).doUpdateSet({ manifest_id: manifestId, updated_at: now }),
    )
    .execute()
  if (!before) return { moved: true, before: undefined }
  await transaction.updateTable('manifests').set({ touched_at: now }).where('id', '=', before.manifest_id).execute()
  return { moved: true, before: before.digest }
}

/** Returns the version that owns a tag; undefined if there is none. */
export async function findOwnerOfTag(
  transaction: Transaction<Schema>,
  repository: Pick<RepositoryRow, 'namespace_id' | 'name'>,
  tag: string,
): Promise<OwnedTag | undefined> {
  const chart = await findChart(transaction, repository.namespace_id, repository.name)
  if (!chart) return undefined
  const row = await transaction
    .selectFrom('versions')
    .select(['id', 'version', 'manifest_id'])
    .where('chart_id', '=', chart.id)
    .where('version', '=', versionOfTag(tag))
    .executeTakeFirst()
  return row && { versionId: row.id, version: row.version, chart: chart.name, manifestId: row.manifest_id }
}

/** Points a tag to a manifest. Throws `tag-of-version` if a version with another manifest owns the tag. */
export async function putUnownedTag(
  transaction: Transaction<Schema>,
  namespace: Pick<NamespaceRow, 'name'>,
  repository: RepositoryRow,
  target: { readonly tag: string; readonly manifestId: string; readonly now: string },
): Promise<TagMove> {
  const owner = await findOwnerOfTag(transaction, repository, target.tag)
  if (owner && owner.manifestId !== target.manifestId) {
    const { chart, version } = owner
    throw new RegistryError('tag-of-version', { tag: target.tag, namespace: namespace.name, chart, version })
  }
  return putTag(transaction, repository, target)
}
