import type { Protocol } from '../../contract/domain/protocols.ts'
import type { Digest } from '../blobs/blob-store.ts'

/** The tables of `schema.ts` for OCI: repositories, manifests, tags, and the blobs that they link to. */

/** What OCI calls a repository: a namespace and a name below it. The charts of one name are one repository. */
export interface RepositoriesTable {
  id: string
  instance_id: string
  namespace_id: string
  /** Below the namespace: `nginx`, `team/app`. */
  name: string
  /** `namespace/name`. */
  full_name: string
  /** The chart that it holds, of its own name; null for artifacts. The database forgets a chart that is deleted. */
  chart_id: string | null
  created_at: string
  updated_at: string
}

/** The blobs that may be read through a repository: those that were pushed to it or mounted. */
export interface RepositoryBlobsTable {
  repository_id: string
  digest: Digest
  /** When somebody last needed it here; a link that no manifest needs goes some time after. */
  touched_at: string
  /** When a manifest that needed it was deleted; null once it has been pushed, mounted or asked for since. */
  released_at: string | null
}

/** The SHA-512 of bytes that are kept by their SHA-256. */
export interface DigestAliasesTable {
  alias: `sha512:${string}`
  digest: Digest
}

export interface ManifestsTable {
  id: string
  repository_id: string
  digest: Digest
  media_type: string
  /** Of what it says itself; where it says nothing, the type of its config stands for it. */
  artifact_type: string | null
  config_media_type: string | null
  /** Digest of the manifest that it is about, as it was written; that one need not be there. */
  subject: string | null
  size: number
  /** Its text, to the byte. */
  content: string
  annotations_json: string
  pushed_by: string
  protocol: Protocol
  created_at: string
  /** When somebody last needed it; one that has no tag goes some time after. */
  touched_at: string
  /** When a tag or another manifest that needed it was deleted; null once it has been pushed or asked for since. */
  released_at: string | null
}

/** The blobs that a manifest is made of, as far as they are here. */
export interface ManifestBlobsTable {
  manifest_id: string
  digest: Digest
}

/** The manifests of an index. */
export interface ManifestChildrenTable {
  manifest_id: string
  child_id: string
}

export interface TagsTable {
  repository_id: string
  name: string
  manifest_id: string
  updated_at: string
}
