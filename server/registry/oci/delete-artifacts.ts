import type { Transaction } from 'kysely'
import { findArtifact, findUnneeded, listPartsOf, type ManifestKey } from '../../db/artifacts.ts'
import { findNamespace } from '../../db/namespaces.ts'
import type { Schema } from '../../db/schema.ts'
import { type Deed, recordDeeds } from '../audit.ts'
import type { Call } from '../call.ts'
import { RegistryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { deleteManifestRows } from './delete-manifest-rows.ts'

/** A manifest of a repository that holds no chart. */
export interface ArtifactItem {
  readonly namespace: string
  /** Of the repository, below the namespace. */
  readonly name: string
  readonly digest: string
}

/**
 * Deletes artifacts, all or none, with their tags, and with what is only part of them or only about them. What is
 * gone counts as gone; what a chart holds by now is left. Throws `namespace-missing`.
 */
export async function deleteArtifacts(registry: Registry, call: Call, items: readonly ArtifactItem[]): Promise<void> {
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    for (const item of items) await deleteArtifact(transaction, call, item, now)
  })
}

async function deleteArtifact(
  transaction: Transaction<Schema>,
  call: Call,
  { namespace: name, ...item }: ArtifactItem,
  now: string,
): Promise<void> {
  const namespace = await findNamespace(transaction, call.instance, name)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: name })
  const found = await findArtifact(transaction, { namespaceId: namespace.id, name: item.name }, item.digest)
  const doomed: ManifestKey[] = found ? [found] : []
  const deeds: Deed[] = []
  for (let next = doomed.pop(); next; next = doomed.pop()) {
    const parts = await listPartsOf(transaction, next)
    await deleteManifestRows(transaction, namespace.instance_id, next, now)
    doomed.push(...(await findUnneeded(transaction, parts)))
    deeds.push({ action: 'manifest.delete', namespace: name, chart: item.name, digestBefore: next.digest })
  }
  await recordDeeds(transaction, call, deeds, now)
}
