import type { Insertable, Selectable } from 'kysely'
import type { InstanceType } from '../../contract/ccr/instances.ts'
import type { Door } from '../../contract/console/versions.ts'
import type { Digest } from '../blobs/blob-store.ts'

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
  namespaces: NamespacesTable
  charts: ChartsTable
  versions: VersionsTable
  archives: ArchivesTable
  blobs: BlobsTable
  used_blobs: UsedBlobsTable
  counters: CountersTable
}

export type Flag = 0 | 1

export interface AccountsTable {
  id: string
  name: string
  /** scrypt, with its parameters and salt in the text. */
  password_hash: string
  role: 'administrator'
  /** Counts changes of the password; what was remembered for an older revision is void. */
  credential_revision: number
  disabled: Flag
  created_at: string
}

export interface SessionsTable {
  /** SHA-256 of the cookie's token, hex: the token itself is nowhere kept. */
  token_digest: string
  account_id: string
  created_at: string
  expires_at: string
  address: string
}

/** Failed sign-ins, counted by (account, address) and by address: never by account alone. */
export interface SignInFailuresTable {
  subject: string
  failures: number
  last_at: string
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
  door: Door
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
  /** When somebody last needed it. */
  touched_at: string
}

/**
 * The blobs that versions of an instance point at now, and how often. Kept in step by the transactions that write
 * versions, so that what an instance stores can be told without looking at all its versions.
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

export type Account = Selectable<AccountsTable>
export type InstanceRow = Selectable<InstancesTable>
export type NamespaceRow = Selectable<NamespacesTable>
export type ChartRow = Selectable<ChartsTable>
export type VersionRow = Selectable<VersionsTable>
export type ArchiveRow = Selectable<ArchivesTable>
export type NewArchive = Insertable<ArchivesTable>
