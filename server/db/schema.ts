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
  ManifestBlobsTable,
  ManifestChildrenTable,
  ManifestsTable,
  RepositoriesTable,
  RepositoryBlobsTable,
  TagsTable,
} from './oci-tables.ts'

/**
 * The tables, for both databases. Keys are text and sort by bytes; times are ISO strings in UTC with milliseconds;
 * booleans are 0 or 1; what ends in `_json` is JSON as text; what starts with `folded_` is the lower-cased name that
 * searches look at.
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

/** Custom domains: a request at a Helm door with this host is for this instance. */
export interface InstanceDomainsTable {
  /** In lower case, without a port or a final dot. */
  domain: string
  instance_id: string
}

export interface NamespacesTable {
  id: string
  /** What the wire calls projectId: a number, for the vendor's SDKs. */
  number: number
  instance_id: string
  name: string
  public: Flag
  auto_scan: Flag
  immutable: Flag
  /** Bumped in every transaction that changes what the namespace holds. */
  revision: number
  /** Bumped in every transaction that adds charts to it or takes some away. */
  names_revision: number
  /** Kept in step with the charts table by the transactions that write it. */
  chart_count: number
  created_at: string
  updated_at: string
}

/** One row for a name that has versions. What the list shows is kept here, in step by the writing transactions. */
export interface ChartsTable {
  id: string
  instance_id: string
  namespace_id: string
  /** For the list across namespaces, which is sorted by it. A namespace keeps its name for life. */
  namespace_name: string
  name: string
  folded_name: string
  version_count: number
  /** Bumped in every transaction that changes its versions. */
  revision: number
  /** The highest version by SemVer, and what it says. */
  latest_version_id: string
  latest_version: string
  home: string
  icon: string
  deprecated: Flag
  /** When the oldest and the newest of its versions came. */
  created_at: string
  updated_at: string
}

export interface VersionsTable {
  id: string
  chart_id: string
  namespace_id: string
  version: string
  folded_version: string
  /** Sorts by bytes as Masterminds' SemVer sorts. */
  order_key: string
  prerelease: Flag
  /** `NAME-VERSION.tgz`: unique in the namespace, looked up, never parsed. */
  file_name: string
  archive_id: string
  /** When these bytes came in; the same bytes again change nothing. */
  created_at: string
  /** What its own tag points at; null where OCI cannot express its name, or it has not been made yet. */
  manifest_id: string | null
}

/** What came in, once for each time it did. Rows are never changed. */
export interface ArchivesTable {
  id: string
  namespace_id: string
  digest: Digest
  size: number
  provenance_digest: Digest | null
  name: string
  version: string
  /** Chart.yaml as helm prints it. */
  metadata_json: string
  /** This version's entry of index.yaml, JSON, joined into the index as it is. */
  index_entry: string
  pushed_by: string
  protocol: Protocol
  created_at: string
}

/**
 * Blob states and who moves them: `live` (publishing) → `candidate` (the collector, when nothing refers to it)
 * → `deleting` (the collector, one conditional update) → the row is gone. Publishing takes a candidate back to `live`.
 */
export type BlobState = 'live' | 'candidate' | 'deleting'

export interface BlobsTable {
  digest: Digest
  size: number
  state: BlobState
  /** When somebody last needed it; of one that is being deleted, when that began. */
  touched_at: string
}

/**
 * The blobs that versions and manifests of an instance point at now, and how often. Kept in step by the transactions
 * that write those, so that what an instance stores can be told without looking at all of them.
 */
export interface UsedBlobsTable {
  instance_id: string
  digest: Digest
  size: number
  uses: number
}

/** Numbers that the wire wants, given out one by one. */
export interface CountersTable {
  name: string
  value: number
}

/** What one process makes up and all processes must know, by what it is for. */
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

/** Blobs that a check has found missing or damaged. A row goes when the same bytes are committed again. */
export interface DamagedBlobsTable {
  digest: Digest
  damage: BlobDamage
  found_at: string
}

/** Background work, one row for each kind. See `server/jobs/job-queries.ts` for its states. */
export interface JobsTable {
  /** The kind: there is one job of each. */
  id: JobKindName
  kind: JobKindName
  /** Options of a requested run; null for a scheduled one. */
  payload_json: string | null
  run_at: string
  /** Random ID of the process that runs it; null while none does. */
  lease_holder: string | null
  /** When the lease expires unless it is renewed. */
  lease_until: string | null
  /** Failed attempts since the last success. */
  attempts: number
  last_error: string | null
  started_at: string | null
  /** End of the last successful run, and its result. */
  finished_at: string | null
  result_json: string | null
  /** How far an unfinished run has come; null between two runs. */
  progress_json: string | null
}
