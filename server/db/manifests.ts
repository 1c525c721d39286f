import type { Kysely } from 'kysely'
import type { Digest } from '../blobs/blob-store.ts'
import { resolveDigest } from './digests.ts'
import type { ManifestRow, Schema } from './schema.ts'

/** Where a manifest is looked for. */
export interface InRepository {
  readonly namespaceId: string
  /** Below the namespace. */
  readonly name: string
}

/** The manifest of this digest. */
export async function findManifest(
  db: Kysely<Schema>,
  repository: InRepository,
  digest: Digest | `sha512:${string}`,
): Promise<ManifestRow | undefined> {
  const kept = await resolveDigest(db, digest)
  if (kept === undefined) return undefined
  return manifestsIn(db, repository).where('manifests.digest', '=', kept).executeTakeFirst()
}

/** The manifest that this tag points at. */
export async function findTagged(
  db: Kysely<Schema>,
  repository: InRepository,
  tag: string,
): Promise<ManifestRow | undefined> {
  return manifestsIn(db, repository)
    .innerJoin('tags', (join) =>
      join
        .onRef('tags.repository_id', '=', 'repositories.id')
        .onRef('tags.manifest_id', '=', 'manifests.id')
        .on('tags.name', '=', tag),
    )
    .executeTakeFirst()
}

function manifestsIn(db: Kysely<Schema>, { namespaceId, name }: InRepository) {
  return db
    .selectFrom('repositories')
    .innerJoin('manifests', 'manifests.repository_id', 'repositories.id')
    .selectAll('manifests')
    .where('repositories.namespace_id', '=', namespaceId)
    .where('repositories.name', '=', name)
}

/** A manifest that is about another one. */
export type Referrer = Pick<
  ManifestRow,
  'digest' | 'size' | 'media_type' | 'artifact_type' | 'config_media_type' | 'annotations_json'
>

/** What is about `subjects`, names of the same bytes, in order of digests, those after `after` alone. */
export async function listReferrers(
  db: Kysely<Schema>,
  repositoryId: string,
  wanted: {
    readonly subjects: readonly string[]
    readonly artifactType: string | undefined
    readonly after: string
    readonly limit: number
  },
): Promise<Referrer[]> {
  let matching = db
    .selectFrom('manifests')
    .select(['digest', 'size', 'media_type', 'artifact_type', 'config_media_type', 'annotations_json'])
    .where('repository_id', '=', repositoryId)
    .where('subject', 'in', wanted.subjects)
    .where('digest', '>', wanted.after as Digest) // any text may be compared with
  const { artifactType } = wanted
  if (artifactType !== undefined) {
    matching = matching.where((eb) => eb(eb.fn.coalesce('artifact_type', 'config_media_type'), '=', artifactType))
  }
  return matching.orderBy('digest').limit(wanted.limit).execute()
}

/** The tags of a repository in order of bytes, those after `after` alone. */
export async function listTags(
  db: Kysely<Schema>,
  repositoryId: string,
  wanted: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('tags')
    .select('name')
    .where('repository_id', '=', repositoryId)
    .where('name', '>', wanted.after)
    .orderBy('name')
    .limit(wanted.limit)
    .execute()
  return rows.map(({ name }) => name)
}
