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

/** A manifest to store in a repository. `names` is the full name of the repository for error messages. */
export interface ManifestToStore {
  readonly manifest: Manifest
  readonly repository: RepositoryRow
  readonly names: string
  readonly call: Call
  readonly now: string
}

/**
 * Writes the rows of a manifest unless it exists. Returns the ID of its row and whether it is new. The blobs and
 * manifests that it refers to must be in the repository. Throws `manifest-blob-missing`, `manifest-invalid`.
 */
export async function storeManifest(
  transaction: Transaction<Schema>,
  input: ManifestToStore,
): Promise<{ id: string; isNew: boolean }> {
  const { manifest, repository, call, now } = input
  const existing = await transaction
    .updateTable('manifests')
    .set({ touched_at: now, released_at: null })
    .where('repository_id', '=', repository.id)
    .where('digest', '=', manifest.digest)
    .returning('id')
    .executeTakeFirst()
  if (existing) return { id: existing.id, isNew: false }
  const { blobs, children } = await findParts(transaction, input)
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
  for await (const chunk of yieldBetween(chunksOf(blobs))) {
    const rows = chunk.map(({ digest }) => ({ manifest_id: id, digest }))
    await transaction.insertInto('manifest_blobs').values(rows).execute()
  }
  for await (const chunk of yieldBetween(chunksOf(children))) {
    const rows = chunk.map((child_id) => ({ manifest_id: id, child_id }))
    await transaction.insertInto('manifest_children').values(rows).execute()
  }
  await addBlobUses(transaction, repository.instance_id, blobs)
  await transaction.updateTable('repositories').set({ updated_at: now }).where('id', '=', repository.id).execute()
  return { id, isNew: true }
}

interface Parts {
  readonly blobs: readonly UsedBlob[]
  /** IDs of the rows of child manifests. */
  readonly children: readonly string[]
}

/** Returns the distinct blobs and child manifests that a manifest refers to. Throws if a required one is missing. */
async function findParts(transaction: Transaction<Schema>, input: ManifestToStore): Promise<Parts> {
  const { config, layers, manifests } = input.manifest
  const blobs = new Map<string, Descriptor & { foreign?: boolean }>()
  for (const part of [...(config ? [config] : []), ...layers]) blobs.set(part.digest, part)
  const stored = await storedDigests(transaction, [...blobs.keys(), ...manifests.map(({ digest }) => digest)])
  const linked = await findLinked(transaction, input.repository.id, [...new Set(stored.values())])
  const listed = new Set(manifests.flatMap(({ digest }) => stored.get(digest) ?? []))
  const children = await findChildren(transaction, input.repository.id, [...listed])
  const used = new Map<Digest, UsedBlob>()
  for (const { digest, size, foreign } of blobs.values()) {
    const blob = linked.get(stored.get(digest) ?? '')
    if (blob && blob.size !== size) {
      throw new RegistryError('manifest-invalid', { reason: `${digest} has ${blob.size} bytes, not ${size}` })
    }
    if (blob) used.set(blob.digest, blob)
    else if (!foreign) throw missing(input, digest)
  }
  const found = new Set<string>()
  for (const { digest } of manifests) {
    const key = stored.get(digest) ?? ''
    const child = children.get(key)
    // An index may list blobs that are not manifests.
    const blob = linked.get(key)
    if (child) found.add(child)
    else if (blob) used.set(blob.digest, blob)
    else throw missing(input, digest)
  }
  return { blobs: [...used.values()], children: [...found] }
}

function missing({ names }: ManifestToStore, digest: string): RegistryError {
  return new RegistryError('manifest-blob-missing', { digest, repository: names })
}

/** Maps the digests of a manifest to the SHA-256 digests under which content is stored, without unknown ones. */
async function storedDigests(
  transaction: Transaction<Schema>,
  digestsOfClient: Iterable<string>,
): Promise<Map<string, Digest>> {
  const stored = new Map<string, Digest>()
  const digests = [...new Set(digestsOfClient)] as AnyDigest[] // descriptors have digests
  for await (const chunk of yieldBetween(chunksOf(digests))) {
    for (const [digest, found] of await resolveDigests(transaction, chunk)) stored.set(digest, found)
  }
  return stored
}

async function findLinked(
  transaction: Transaction<Schema>,
  repositoryId: string,
  digests: readonly Digest[],
): Promise<Map<string, UsedBlob>> {
  const found = new Map<string, UsedBlob>()
  for await (const chunk of yieldBetween(chunksOf(digests))) {
    const rows = await transaction
      .selectFrom('repository_blobs')
      .innerJoin('blobs', 'blobs.digest', 'repository_blobs.digest')
      .select(['blobs.digest', 'blobs.size'])
      .where('repository_blobs.repository_id', '=', repositoryId)
      .where('repository_blobs.digest', 'in', chunk)
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
  for await (const chunk of yieldBetween(chunksOf(digests))) {
    const rows = await transaction
      .selectFrom('manifests')
      .select(['id', 'digest'])
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', chunk)
      .execute()
    for (const { id, digest } of rows) found.set(digest, id)
  }
  return found
}
