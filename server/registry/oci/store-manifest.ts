import type { Transaction } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { chunksOf, yieldBetween } from '../../db/chunks.ts'
import type { RepositoryRow, Schema } from '../../db/schema.ts'
import { addBlobUses, type UsedBlob } from '../blobs/blob-references.ts'
import { type Call, callerName } from '../core/call.ts'
import { newId } from '../core/ids.ts'
import { RegistryError } from '../core/registry-error.ts'
import type { AnyDigest } from './any-digest.ts'
import { resolveDigests } from './digest-queries.ts'
import type { Descriptor, Manifest } from './read-manifest.ts'

/** A manifest to be kept, and where. `names`: the namespace and what is below it, for what is told of it. */
export interface ManifestToStore {
  readonly manifest: Manifest
  readonly repository: RepositoryRow
  readonly names: string
  readonly call: Call
  readonly now: string
}

/**
 * Writes the rows of a manifest, when it is not there yet; answers with its row's ID and whether that is new. All that
 * it is made of must be in the repository. Throws `manifest-blob-missing`, `manifest-invalid`.
 */
export async function storeManifest(
  transaction: Transaction<Schema>,
  wanted: ManifestToStore,
): Promise<{ id: string; isNew: boolean }> {
  const { manifest, repository, call, now } = wanted
  const there = await transaction
    .updateTable('manifests')
    .set({ touched_at: now, released_at: null })
    .where('repository_id', '=', repository.id)
    .where('digest', '=', manifest.digest)
    .returning('id')
    .executeTakeFirst()
  if (there) return { id: there.id, isNew: false }
  const { blobs, children } = await findParts(transaction, wanted)
  const id = newId()
  await transaction
    .insertInto('manifests')
    .values({
      id,
      repository_id: repository.id,
      digest: manifest.digest,
      media_type: manifest.mediaType,
      artifact_type: manifest.artifactType,
      config_media_type: manifest.config?.mediaType ?? null,
      subject: manifest.subject,
      size: manifest.size,
      content: manifest.content,
      annotations_json: JSON.stringify(manifest.annotations),
      pushed_by: callerName(call.caller),
      protocol: call.protocol,
      created_at: now,
      touched_at: now,
    })
    .execute()
  for await (const part of yieldBetween(chunksOf(blobs))) {
    const rows = part.map(({ digest }) => ({ manifest_id: id, digest }))
    await transaction.insertInto('manifest_blobs').values(rows).execute()
  }
  for await (const part of yieldBetween(chunksOf(children))) {
    const rows = part.map((child_id) => ({ manifest_id: id, child_id }))
    await transaction.insertInto('manifest_children').values(rows).execute()
  }
  await addBlobUses(transaction, repository.instance_id, blobs)
  await transaction.updateTable('repositories').set({ updated_at: now }).where('id', '=', repository.id).execute()
  return { id, isNew: true }
}

interface Parts {
  readonly blobs: readonly UsedBlob[]
  /** IDs of the rows of manifests. */
  readonly children: readonly string[]
}

/** What a manifest is made of, each once, as far as it is in the repository; what must be and is not is refused. */
async function findParts(transaction: Transaction<Schema>, wanted: ManifestToStore): Promise<Parts> {
  const { config, layers, manifests } = wanted.manifest
  const blobs = new Map<string, Descriptor & { foreign?: boolean }>()
  for (const part of [...(config ? [config] : []), ...layers]) blobs.set(part.digest, part)
  const kept = await keptDigests(transaction, [...blobs.keys(), ...manifests.map(({ digest }) => digest)])
  const linked = await findLinked(transaction, wanted.repository.id, [...new Set(kept.values())])
  const listed = new Set(manifests.flatMap(({ digest }) => kept.get(digest) ?? []))
  const children = await findChildren(transaction, wanted.repository.id, [...listed])
  const used = new Map<Digest, UsedBlob>()
  for (const { digest, size, foreign } of blobs.values()) {
    const blob = linked.get(kept.get(digest) ?? '')
    if (blob && blob.size !== size) {
      throw new RegistryError('manifest-invalid', { reason: `${digest} has ${blob.size} bytes, not ${size}` })
    }
    if (blob) used.set(blob.digest, blob)
    else if (!foreign) throw missing(wanted, digest)
  }
  const found = new Set<string>()
  for (const { digest } of manifests) {
    const key = kept.get(digest) ?? ''
    const child = children.get(key)
    // An index may list things that are no manifests.
    const blob = linked.get(key)
    if (child) found.add(child)
    else if (blob) used.set(blob.digest, blob)
    else throw missing(wanted, digest)
  }
  return { blobs: [...used.values()], children: [...found] }
}

function missing({ names }: ManifestToStore, digest: string): RegistryError {
  return new RegistryError('manifest-blob-missing', { digest, repository: names })
}

/** The digests by which bytes are kept, by those that clients write; without those that are unknown. */
async function keptDigests(transaction: Transaction<Schema>, written: Iterable<string>): Promise<Map<string, Digest>> {
  const kept = new Map<string, Digest>()
  const digests = [...new Set(written)] as AnyDigest[] // descriptors have digests
  for await (const part of yieldBetween(chunksOf(digests))) {
    for (const [digest, found] of await resolveDigests(transaction, part)) kept.set(digest, found)
  }
  return kept
}

async function findLinked(
  transaction: Transaction<Schema>,
  repositoryId: string,
  digests: readonly Digest[],
): Promise<Map<string, UsedBlob>> {
  const found = new Map<string, UsedBlob>()
  for await (const part of yieldBetween(chunksOf(digests))) {
    const rows = await transaction
      .selectFrom('repository_blobs')
      .innerJoin('blobs', 'blobs.digest', 'repository_blobs.digest')
      .select(['blobs.digest', 'blobs.size'])
      .where('repository_blobs.repository_id', '=', repositoryId)
      .where('repository_blobs.digest', 'in', part)
      .execute()
    for (const row of rows) found.set(row.digest, row)
  }
  return found
}

async function findChildren(
  transaction: Transaction<Schema>,
  repositoryId: string,
  digests: readonly Digest[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for await (const part of yieldBetween(chunksOf(digests))) {
    const rows = await transaction
      .selectFrom('manifests')
      .select(['id', 'digest'])
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', part)
      .execute()
    for (const { id, digest } of rows) found.set(digest, id)
  }
  return found
}
