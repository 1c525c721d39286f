import type { Kysely } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import type { Schema } from '../../db/schema.ts'

/** Returns the names of at most `limit` files of versions that use a blob, or else of repositories that link it. */
export async function findBlobUsers(db: Kysely<Schema>, digest: Digest, limit: number): Promise<string[]> {
  const versions = await db
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .innerJoin('namespaces', 'namespaces.id', 'versions.namespace_id')
    .select(['namespaces.instance_id', 'namespaces.name', 'versions.file_name', 'archives.digest'])
    .where((eb) => eb.or([eb('archives.digest', '=', digest), eb('archives.provenance_digest', '=', digest)]))
    .orderBy('namespaces.name')
    .orderBy('versions.file_name')
    .limit(limit)
    .execute()
  if (versions.length > 0) {
    return versions.map((version) => {
      const file = version.digest === digest ? version.file_name : `${version.file_name}.prov`
      return `${version.instance_id} ${version.name}/${file}`
    })
  }
  const repositories = await db
    .selectFrom('repository_blobs')
    .innerJoin('repositories', 'repositories.id', 'repository_blobs.repository_id')
    .select(['repositories.instance_id', 'repositories.full_name'])
    .where('repository_blobs.digest', '=', digest)
    .orderBy('repositories.full_name')
    .limit(limit)
    .execute()
  return repositories.map(({ instance_id, full_name }) => `${instance_id} ${full_name}`)
}
