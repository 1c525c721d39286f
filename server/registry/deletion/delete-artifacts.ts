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

/** Manifests that are deleted together. */
const AT_ONCE = 1000

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
    for (const [name, group] of Map.groupBy(items, ({ namespace }) => namespace)) {
      const namespace = await findNamespace(transaction, call.instance, name)
      if (!namespace) throw new RegistryError('namespace-missing', { namespace: name })
      for (const [repository, chosen] of Map.groupBy(group, (item) => item.name)) {
        const digests = chosen.map(({ digest }) => digest)
        const found = await findArtifacts(transaction, { namespaceId: namespace.id, name: repository }, digests)
        await deleteWithParts(transaction, call, found, now)
        await yieldToEventLoop()
      }
    }
  })
}

/** Deletes manifests, then those that these alone listed or were about, and so on: a chunk at a time. */
async function deleteWithParts(
  transaction: Transaction<Schema>,
  call: Call,
  manifests: readonly string[],
  now: string,
): Promise<void> {
  const doomed = [...manifests]
  while (doomed.length > 0) {
    const ids = doomed.splice(-AT_ONCE)
    const parts = await listPartsOf(transaction, ids)
    await recordDeletion(transaction, call, ids, now)
    await deleteManifestRows(transaction, call.instance, ids, now)
    const isDoomed = new Set(doomed)
    for await (const some of yieldBetween(chunksOf(parts))) {
      doomed.push(...(await findUnreferenced(transaction, some)).filter((id) => !isDoomed.has(id)))
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
