import type { Protocol } from '../../contract/domain/protocols.ts'
import type { Digest } from '../blobs/blob-store.ts'

/** The tables of `schema.ts` for OCI: repositories, manifests, tags and links to blobs. */

/** OCI repositories: a namespace and a name below it. All versions of a chart are in one repository. */
export interface RepositoriesTable {
  id: string
  instance_id: string
  namespace_id: string
  /** Name below the namespace: `nginx`, `team/app`. */
  name: string
  /** `namespace/name`. */
  full_name: string
  /** Chart with the name of the repository; null for artifacts. Set to null when the chart is deleted. */
  chart_id: string | null
  created_at: string
  updated_at: string
}

/** Links of blobs to repositories through which they may be read: blobs pushed to the repository or mounted there. */
export interface RepositoryBlobsTable {
  repository_id: string
  digest: Digest
  /** Time of the last use, at which the grace period of a link without a manifest begins. */
  touched_at: string
  /** Time when a manifest that used it was deleted; null after it was pushed, mounted or requested again. */
  released_at: string | null
}

/** SHA-512 digests of content stored under its SHA-256. */
export interface DigestAliasesTable {
  alias: `sha512:${string}`
  digest: Digest
}

export interface ManifestsTable {
  id: string
  repository_id: string
  digest: Digest
  media_type: string
  /** The `artifactType` of the manifest; if null, clients use the media type of its config. */
  artifact_type: string | null
  config_media_type: string | null
  /** Digest of its subject as written in the manifest. The subject need not exist. */
  subject: string | null
  size: number
  /** Exact text of the manifest. */
  content: string
  annotations_json: string
  pushed_by: string
  protocol: Protocol
  created_at: string
  /** Time of the last use, at which the grace period of an untagged manifest begins. */
  touched_at: string
  /** Time when a tag or a manifest that referred to it was deleted; null after it was pushed or requested again. */
  released_at: string | null
}

/** The blobs that a manifest refers to and that are stored. */
export interface ManifestBlobsTable {
  manifest_id: string
  digest: Digest
}

/** The manifests that an index lists. */
export interface ManifestChildrenTable {
  manifest_id: string
  child_id: string
}

/** Manifests that a version had before its current one. A row is deleted with its version or its manifest. */
export interface FormerManifestsTable {
  manifest_id: string
  version_id: string
}

export interface TagsTable {
  repository_id: string
  name: string
  manifest_id: string
  updated_at: string
}
