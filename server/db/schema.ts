import type { Selectable } from 'kysely'
import type { BlobDamage } from '../../contract/domain/blob-damage.ts'
import type { InstanceType } from '../../contract/domain/instance-types.ts'
import type { JobKindName } from '../../contract/domain/jobs.ts'
import type { Protocol } from '../../contract/domain/protocols.ts'
import type { Digest } from '../blobs/blob-store.ts'
import type {
  AccessKeysTable,
  AccountsTable,
  AuditEventsTable,
  GrantsTable,
  InstancePasswordsTable,
  RobotsTable,
  SessionsTable,
  SignInFailuresTable,
} from './access-tables.ts'
import type { Flag } from './columns.ts'
import type {
  DigestAliasesTable,
  FormerManifestsTable,
  ManifestBlobsTable,
  ManifestChildrenTable,
  ManifestsTable,
  RepositoriesTable,
  RepositoryBlobsTable,
  TagsTable,
} from './oci-tables.ts'

/**
 * The tables. Keys are text and sort by bytes; times are ISO strings in UTC with milliseconds; sizes are in bytes;
 * booleans are 0 or 1; columns ending in `_json` contain JSON as text; columns starting with `folded_` contain the
 * lower-cased name for searching.
 */
export interface Schema {
  accounts: AccountsTable
  sessions: SessionsTable
  sign_in_failures: SignInFailuresTable
  instances: InstancesTable
  instance_domains: InstanceDomainsTable
  namespaces: NamespacesTable
  charts: ChartsTable
  versions: VersionsTable
  archives: ArchivesTable
  blobs: BlobsTable
  damaged_blobs: DamagedBlobsTable
  jobs: JobsTable
  used_blobs: UsedBlobsTable
  counters: CountersTable
  secrets: SecretsTable
  repositories: RepositoriesTable
  repository_blobs: RepositoryBlobsTable
  digest_aliases: DigestAliasesTable
  manifests: ManifestsTable
  manifest_blobs: ManifestBlobsTable
  manifest_children: ManifestChildrenTable
  former_manifests: FormerManifestsTable
  tags: TagsTable
  grants: GrantsTable
  instance_passwords: InstancePasswordsTable
  robots: RobotsTable
  access_keys: AccessKeysTable
  audit_events: AuditEventsTable
}

export interface InstancesTable {
  /** `ccr-` and eight of `0-9a-z`. */
  id: string
  name: string
  folded_name: string
  type: InstanceType
  status: 'running'
  region: string
  bucket: string
  tags_json: string
  is_default: Flag
  created_at: string
}

/** Custom domains: a request to the Helm APIs with this host addresses this instance. */
export interface InstanceDomainsTable {
  /** In lower case, without a port or a final dot. */
  domain: string
  instance_id: string
}

export interface NamespacesTable {
  id: string
  /** Number of the namespace, `projectId` on the wire, for the vendor's SDKs. */
  number: number
  instance_id: string
  name: string
  public: Flag
  auto_scan: Flag
  immutable: Flag
  /** Incremented by every transaction that changes the contents of the namespace. */
  revision: number
  /** Incremented by every transaction that adds or deletes charts. */
  names_revision: number
  /** Number of rows in `charts`, updated by the transactions that write those. */
  chart_count: number
  created_at: string
  updated_at: string
}

/** Charts, one row per name with versions. Summarizes its versions for lists, updated by the writing transactions. */
export interface ChartsTable {
  id: string
  instance_id: string
  namespace_id: string
  /** For sorting lists of several namespaces. The name of a namespace never changes. */
  namespace_name: string
  name: string
  folded_name: string
  version_count: number
  /** Incremented by every transaction that changes its versions. */
  revision: number
  /** Highest version by SemVer, and properties from its Chart.yaml. */
  latest_version_id: string
  latest_version: string
  home: string
  icon: string
  deprecated: Flag
  /** Times of its oldest and its newest version. */
  created_at: string
  updated_at: string
}

export interface VersionsTable {
  id: string
  chart_id: string
  namespace_id: string
  version: string
  folded_version: string
  /** Sorts by bytes in the order of Masterminds' SemVer. */
  order_key: string
  prerelease: Flag
  /** `NAME-VERSION.tgz`: unique in the namespace, looked up, never parsed. */
  file_name: string
  archive_id: string
  /** Time when its archive was published; publishing the same archive again does not change it. */
  created_at: string
  /** Manifest that its tag points to; null if its name is not valid in OCI, or the manifest was not created yet. */
  manifest_id: string | null
}

/** Published archives, one row per publication. Rows are never changed. */
export interface ArchivesTable {
  id: string
  namespace_id: string
  digest: Digest
  size: number
  provenance_digest: Digest | null
  name: string
  version: string
  /** Chart.yaml as JSON. */
  metadata_json: string
  /** Entry of the version in index.yaml, as JSON that is inserted unchanged. */
  index_entry: string
  pushed_by: string
  protocol: Protocol
  created_at: string
}

/**
 * States of a blob, their transitions, and the code that makes them: `live` (publishing) → `candidate` (garbage
 * collection, if unreferenced) → `deleting` (garbage collection, by a conditional update) → the row is deleted.
 * Publishing returns a candidate to `live`.
 */
export type BlobState = 'live' | 'candidate' | 'deleting'

export interface BlobsTable {
  digest: Digest
  size: number
  state: BlobState
  /** Time of the last use; in the state `deleting`, the start of the deletion. */
  touched_at: string
}

/**
 * Blobs that versions and manifests of an instance refer to, and the number of references. Updated by the transactions
 * that write those, so that the storage of an instance is known without scanning them.
 */
export interface UsedBlobsTable {
  instance_id: string
  digest: Digest
  size: number
  uses: number
}

/** Counters for the numbers that `/v1` uses as IDs. `value` is the last number used. */
export interface CountersTable {
  name: string
  value: number
}

/** Encrypted secrets that the registry generated and that all processes share, by name. */
export interface SecretsTable {
  name: string
  value: string
  created_at: string
}

export type Account = Selectable<AccountsTable>
export type GrantRow = Selectable<GrantsTable>
export type RobotRow = Selectable<RobotsTable>
export type AccessKeyRow = Selectable<AccessKeysTable>
export type AuditEventRow = Selectable<AuditEventsTable>
export type JobRow = Selectable<JobsTable>
export type InstanceRow = Selectable<InstancesTable>
export type NamespaceRow = Selectable<NamespacesTable>
export type ChartRow = Selectable<ChartsTable>
export type VersionRow = Selectable<VersionsTable>
export type ArchiveRow = Selectable<ArchivesTable>
export type RepositoryRow = Selectable<RepositoriesTable>
export type ManifestRow = Selectable<ManifestsTable>

/** Blobs that a check found missing or damaged. The row is deleted when the blob is committed again. */
export interface DamagedBlobsTable {
  digest: Digest
  damage: BlobDamage
  found_at: string
}

/** Background jobs, one row per kind. Their states are described in `server/jobs/job-queries.ts`. */
export interface JobsTable {
  /** The kind, because there is one job of each. */
  id: JobKindName
  kind: JobKindName
  /** Options of a requested run; null for a scheduled one. */
  payload_json: string | null
  run_at: string
  /** Random ID of the process that runs it; null while it does not run. */
  lease_holder: string | null
  /** Time of expiry of the lease unless it is renewed. */
  lease_until: string | null
  /** Failed attempts since the last success. */
  attempts: number
  last_error: string | null
  started_at: string | null
  /** End of the last successful run, and its result. */
  finished_at: string | null
  result_json: string | null
  /** Progress of an unfinished run; null otherwise. */
  progress_json: string | null
}
