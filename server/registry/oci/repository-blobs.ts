import type { Digest } from '../../blobs/blob-store.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import { findBlob } from '../blobs/blob-rows.ts'
import { isStored } from '../blobs/stored-blobs.ts'
import type { Call } from '../core/call.ts'
import { isAllowed } from '../core/permissions.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { ensureRepository } from './ensure-repository.ts'
import { findRepositoriesOfBlob, linkBlob, type RepositoryNames } from './repository-queries.ts'

/** A blob to mount, `from` one repository or any that links it. */
export interface Mount {
  readonly digest: Digest
  readonly from: RepositoryNames | undefined
  /** Whether the caller's token is valid for a source. The right to read there is checked separately. */
  readonly mayUse: (source: RepositoryNames) => boolean
}

/**
 * Links a blob of another repository to this one. Returns false if no readable source exists or the blob is missing
 * from the store: the client then uploads it.
 * Throws `namespace-missing`, `repository-quota`.
 */
export async function mountBlob(
  registry: Registry,
  call: Call,
  place: RepositoryNames,
  mount: Mount,
): Promise<boolean> {
  if (!(await hasBlob(registry, mount.digest))) return false
  const now = registry.now()
  return registry.database.write(async (transaction) => {
    const sources = await findRepositoriesOfBlob(transaction, call.instance, mount.digest, mount.from)
    const mayRead = sources.some((source) => {
      const at = { instance: call.instance, namespace: source.namespace, public: source.public === 1 }
      return mount.mayUse(source) && isAllowed(call.caller, 'read', at)
    })
    if (!mayRead) return false
    const namespace = await findNamespace(transaction, call.instance, place.namespace)
    if (!namespace) throw new RegistryError('namespace-missing', { namespace: place.namespace })
    const repository = await ensureRepository(transaction, namespace, place.name, { kind: 'artifact', now })
    const isNew = await linkBlob(transaction, repository.id, mount.digest, now)
    const event = {
      action: 'blob.mount',
      namespace: namespace.name,
      chart: place.name,
      digestAfter: mount.digest,
    } as const
    if (isNew) await recordEvent(transaction, call, event, now)
    return true
  })
}

async function hasBlob(registry: Registry, digest: Digest): Promise<boolean> {
  const blob = await findBlob(registry.database.read, digest)
  return blob !== undefined && isStored(registry, blob)
}

/**
 * Unlinks a blob from a repository. Throws `blob-missing`, and `blob-in-use` while a manifest of the repository uses
 * it.
 */
export async function unlinkBlob(
  registry: Registry,
  call: Call,
  place: { readonly namespace: Pick<NamespaceRow, 'id' | 'name'>; readonly name: string },
  digest: Digest,
): Promise<void> {
  const { namespace, name } = place
  const names = { digest, repository: `${namespace.name}/${name}` }
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const link = await transaction
      .selectFrom('repository_blobs')
      .innerJoin('repositories', 'repositories.id', 'repository_blobs.repository_id')
      .select('repositories.id')
      .where('repositories.namespace_id', '=', namespace.id)
      .where('repositories.name', '=', name)
      .where('repository_blobs.digest', '=', digest)
      .executeTakeFirst()
    if (!link) throw new RegistryError('blob-missing', names)
    const user = await transaction
      .selectFrom('manifest_blobs')
      .innerJoin('manifests', 'manifests.id', 'manifest_blobs.manifest_id')
      .select('manifests.id')
      .where('manifest_blobs.digest', '=', digest)
      .where('manifests.repository_id', '=', link.id)
      .executeTakeFirst()
    if (user) throw new RegistryError('blob-in-use', names)
    await transaction
      .deleteFrom('repository_blobs')
      .where('repository_id', '=', link.id)
      .where('digest', '=', digest)
      .execute()
    await transaction.updateTable('blobs').set({ touched_at: now }).where('digest', '=', digest).execute()
    const event = { action: 'blob.delete', namespace: namespace.name, chart: name, digestBefore: digest } as const
    await recordEvent(transaction, call, event, now)
  })
}
