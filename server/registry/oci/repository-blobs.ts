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

/** What is to be mounted: `from` one repository, or any that it can be read through. */
export interface Mount {
  readonly digest: Digest
  readonly from: RepositoryNames | undefined
  /** Whether the caller's token is good for a source. Whether they may read there is asked beside it. */
  readonly mayUse: (source: RepositoryNames) => boolean
}

/**
 * Makes a blob that is linked to another repository readable through this one. Returns whether there was a source
 * whose bytes the store has: otherwise the client uploads them.
 * Throws `namespace-missing`, `repository-quota`.
 */
export async function mountBlob(
  registry: Registry,
  call: Call,
  place: RepositoryNames,
  wanted: Mount,
): Promise<boolean> {
  if (!(await hasBlob(registry, wanted.digest))) return false
  const now = registry.now()
  return registry.database.write(async (transaction) => {
    const sources = await findRepositoriesOfBlob(transaction, call.instance, wanted.digest, wanted.from)
    const mayRead = sources.some((source) => {
      const at = { instance: call.instance, namespace: source.namespace, public: source.public === 1 }
      return wanted.mayUse(source) && isAllowed(call.caller, 'read', at)
    })
    if (!mayRead) return false
    const namespace = await findNamespace(transaction, call.instance, place.namespace)
    if (!namespace) throw new RegistryError('namespace-missing', { namespace: place.namespace })
    const repository = await ensureRepository(transaction, namespace, place.name, { kind: 'artifact', now })
    const isNew = await linkBlob(transaction, repository.id, wanted.digest, now)
    const deed = {
      action: 'blob.mount',
      namespace: namespace.name,
      chart: place.name,
      digestAfter: wanted.digest,
    } as const
    if (isNew) await recordEvent(transaction, call, deed, now)
    return true
  })
}

async function hasBlob(registry: Registry, digest: Digest): Promise<boolean> {
  const blob = await findBlob(registry.database.read, digest)
  return blob !== undefined && isStored(registry, blob)
}

/** Takes a blob out of a repository. Throws `blob-missing`, and `blob-in-use` while a manifest there needs it. */
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
    const deed = { action: 'blob.delete', namespace: namespace.name, chart: name, digestBefore: digest } as const
    await recordEvent(transaction, call, deed, now)
  })
}
