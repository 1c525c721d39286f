import type { Transaction } from 'kysely'
import { chunksOf, yieldBetween, yieldToEventLoop } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'
import { recordSelectedEvents } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { findArtifacts, findUnreferenced, listPartsOf } from '../oci/artifact-queries.ts'
import { deleteManifestRows } from './delete-manifest-rows.ts'

/** Manifests deleted per chunk. */
const AT_ONCE = 1000

/** A manifest that is not of a chart. */
export interface ArtifactItem {
  readonly namespace: string
  /** Name of the repository, without the namespace. */
  readonly name: string
  readonly digest: string
}

/**
 * Deletes artifacts in one transaction, with their tags, and with manifests that only they list or that only have them
 * as their subject. Ignores artifacts that do not exist or that belong to a chart. Throws `namespace-missing`.
 */
export async function deleteArtifacts(registry: Registry, call: Call, items: readonly ArtifactItem[]): Promise<void> {
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    for (const [name, group] of Map.groupBy(items, ({ namespace }) => namespace)) {
      const namespace = await findNamespace(transaction, call.instance, name)
      if (!namespace) throw new RegistryError('namespace-missing', { namespace: name })
      for (const [repository, selected] of Map.groupBy(group, (item) => item.name)) {
        const digests = selected.map(({ digest }) => digest)
        const found = await findArtifacts(transaction, { namespaceId: namespace.id, name: repository }, digests)
        await deleteWithParts(transaction, call, found, now)
        await yieldToEventLoop()
      }
    }
  })
}

/** Deletes manifests, then the related manifests that became unreferenced, and so on, in chunks. */
async function deleteWithParts(
  transaction: Transaction<Schema>,
  call: Call,
  manifests: readonly string[],
  now: string,
): Promise<void> {
  const queue = [...manifests]
  while (queue.length > 0) {
    const ids = queue.splice(-AT_ONCE)
    const parts = await listPartsOf(transaction, ids)
    await recordDeletion(transaction, call, ids, now)
    await deleteManifestRows(transaction, call.instance, ids, now)
    const isQueued = new Set(queue)
    for await (const batch of yieldBetween(chunksOf(parts))) {
      queue.push(...(await findUnreferenced(transaction, batch)).filter((id) => !isQueued.has(id)))
    }
    await yieldToEventLoop()
  }
}

async function recordDeletion(
  transaction: Transaction<Schema>,
  call: Call,
  ids: readonly string[],
  now: string,
): Promise<void> {
  const query = transaction
    .selectFrom('manifests as m')
    .innerJoin('repositories as r', 'r.id', 'm.repository_id')
    .innerJoin('namespaces as n', 'n.id', 'r.namespace_id')
    .select((eb) => ['m.id as key', 'n.name as namespace', 'r.name as chart', eb.lit(null).as('version')])
    .select('m.digest as digest_before')
    .where('m.id', 'in', padToPowerOfTwo(ids))
    .orderBy('m.digest')
  await recordSelectedEvents(transaction, call, 'manifest.delete', { query, count: ids.length }, now)
}
