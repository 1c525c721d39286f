import type { Kysely } from 'kysely'
import type { Digest } from '../../blobs/blob-store.ts'
import { prepared } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

/** A file that a namespace serves by its name. */
export interface StoredFile {
  readonly kind: 'archive' | 'provenance'
  readonly file_name: string
  readonly digest: Digest
  readonly size: number
  /** Time of publication, ISO. */
  readonly created_at: string
}

const PROVENANCE_SUFFIX = '.prov'

const archives = prepared((db, { namespace, file }: { namespace: string; file: string }) =>
  db
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .select(['versions.file_name', 'archives.digest', 'archives.size', 'versions.created_at'])
    .where('versions.namespace_id', '=', namespace)
    .where('versions.file_name', '=', file),
)

/** `file` is the file name of the archive. */
const provenances = prepared((db, { namespace, file }: { namespace: string; file: string }) =>
  db
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .innerJoin('blobs', 'blobs.digest', 'archives.provenance_digest')
    .select(['blobs.digest', 'blobs.size', 'archives.created_at'])
    .where('versions.namespace_id', '=', namespace)
    .where('versions.file_name', '=', file),
)

/** Returns the file `NAME-VERSION.tgz` or `NAME-VERSION.tgz.prov` of a namespace. The name is looked up, not parsed. */
export async function findFile(
  db: Kysely<Schema>,
  namespaceId: string,
  fileName: string,
): Promise<StoredFile | undefined> {
  if (!fileName.endsWith(PROVENANCE_SUFFIX)) return findArchive(db, namespaceId, fileName)
  const [row] = await provenances(db, { namespace: namespaceId, file: fileName.slice(0, -PROVENANCE_SUFFIX.length) })
  return row && { kind: 'provenance', file_name: fileName, ...row }
}

async function findArchive(db: Kysely<Schema>, namespaceId: string, fileName: string): Promise<StoredFile | undefined> {
  const [row] = await archives(db, { namespace: namespaceId, file: fileName })
  return row && { kind: 'archive', ...row }
}
