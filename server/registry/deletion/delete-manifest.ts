import type { Transaction } from 'kysely'
import type { NamespaceRow, RepositoryRow, Schema } from '../../db/schema.ts'
import { type EventDetails, recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import type { AnyDigest } from '../oci/any-digest.ts'
import { findManifest } from '../oci/manifest-queries.ts'
import { findOwnerOfTag } from '../oci/put-tag.ts'
import { findRepository } from '../oci/repository-queries.ts'
import { deleteManifestRows } from './delete-manifest-rows.ts'
import { deleteVersionsIn } from './delete-versions.ts'

/** A tag of a repository, or a manifest together with all its tags, to be deleted. */
export interface ReferenceToDelete {
  readonly namespace: Pick<NamespaceRow, 'id' | 'name'>
  readonly name: string
  readonly reference: { readonly tag: string } | { readonly digest: AnyDigest }
}

/**
 * Deletes a tag or a manifest. Deleting the tag or the manifest of a chart version deletes the version.
 * Throws `repository-missing`, `manifest-missing`, `deletion-immutable`.
 */
export async function deleteManifest(registry: Registry, call: Call, target: ReferenceToDelete): Promise<void> {
  const { namespace, name, reference } = target
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const repository = await findRepository(transaction, namespace.id, name)
    if (!repository) throw new RegistryError('repository-missing', { repository: `${namespace.name}/${name}` })
    const context = { transaction, call, namespace, repository, now }
    if ('tag' in reference) await deleteTag(context, reference.tag)
    else await deleteByDigest(context, reference.digest)
  })
}

interface DeletionContext {
  readonly transaction: Transaction<Schema>
  readonly call: Call
  readonly namespace: Pick<NamespaceRow, 'id' | 'name'>
  readonly repository: RepositoryRow
  readonly now: string
}

async function deleteTag(context: DeletionContext, tag: string): Promise<void> {
  const { transaction, repository, now } = context
  const owner = await findOwnerOfTag(transaction, repository, tag)
  if (owner) return deleteVersion(context, owner.chart, owner.version)
  const deleted = await transaction
    .deleteFrom('tags')
    .where('repository_id', '=', repository.id)
    .where('name', '=', tag)
    .returning('manifest_id')
    .executeTakeFirst()
  if (!deleted) throw missing(context, tag)
  const { digest } = await transaction
    .updateTable('manifests')
    .set({ touched_at: now, released_at: now })
    .where('id', '=', deleted.manifest_id)
    .returning('digest')
    .executeTakeFirstOrThrow()
  await record(context, { action: 'tag.delete', subject: tag, digestBefore: digest })
}

async function deleteByDigest(context: DeletionContext, digest: AnyDigest): Promise<void> {
  const { transaction, repository, now } = context
  const inRepository = { namespaceId: repository.namespace_id, name: repository.name }
  const manifest = await findManifest(transaction, inRepository, digest)
  if (!manifest) throw missing(context, digest)
  const version = await transaction
    .selectFrom('versions')
    .innerJoin('charts', 'charts.id', 'versions.chart_id')
    .select(['charts.name', 'versions.version'])
    .where('versions.manifest_id', '=', manifest.id)
    .executeTakeFirst()
  if (version) return deleteVersion(context, version.name, version.version)
  await checkDeletable(context, manifest.id)
  await deleteManifestRows(transaction, repository.instance_id, [manifest.id], now)
  await record(context, { action: 'manifest.delete', digestBefore: manifest.digest })
}

/** Throws `deletion-immutable` for a manifest that a version of an immutable namespace had before. */
async function checkDeletable({ transaction, namespace }: DeletionContext, manifestId: string): Promise<void> {
  const version = await transaction
    .selectFrom('former_manifests')
    .innerJoin('versions', 'versions.id', 'former_manifests.version_id')
    .innerJoin('charts', 'charts.id', 'versions.chart_id')
    .innerJoin('namespaces', 'namespaces.id', 'versions.namespace_id')
    .select(['charts.name', 'versions.version'])
    .where('namespaces.immutable', '=', 1)
    .where('former_manifests.manifest_id', '=', manifestId)
    .executeTakeFirst()
  if (!version) return
  const blocking = `${version.name} ${version.version}`
  throw new RegistryError('deletion-immutable', { namespace: namespace.name, blocking })
}

function record(
  { transaction, call, namespace, repository, now }: DeletionContext,
  event: EventDetails,
): Promise<void> {
  return recordEvent(transaction, call, { ...event, namespace: namespace.name, chart: repository.name }, now)
}

async function deleteVersion(context: DeletionContext, chart: string, version: string): Promise<void> {
  const { transaction, call, namespace, now } = context
  await deleteVersionsIn(transaction, call, { namespace: namespace.name, chart, versions: [version] }, now)
}

function missing({ namespace, repository }: DeletionContext, reference: string): RegistryError {
  return new RegistryError('manifest-missing', { reference, repository: `${namespace.name}/${repository.name}` })
}
