import type { Insertable, Selectable } from 'kysely'
import type { InstanceType } from '../../contract/ccr/instances.ts'
import type { AuditAction, AuditDoor } from '../../contract/console/audit.ts'
import type { GrantRole } from '../../contract/console/grants.ts'
import type { GrantSource } from '../../contract/console/members.ts'
import type { AccountRole, LanguageChoice, ThemeChoice } from '../../contract/console/session.ts'
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
  instance_domains: InstanceDomainsTable
  namespaces: NamespacesTable
  charts: ChartsTable
  versions: VersionsTable
  archives: ArchivesTable
  blobs: BlobsTable
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

export type Flag = 0 | 1

export interface AccountsTable {
  id: string
  name: string
  /** Of two names that differ by case alone there is one. */
  folded_name: string
  /** scrypt, with its parameters and salt in the text; `none` of an account that signs in elsewhere alone. */
  password_hash: string
  role: AccountRole
  /** `oidc`: the provider made them an administrator, and unmakes them when it says so no more. */
  role_source: GrantSource
  /** Counts changes of the password; what was remembered for an older revision is void. */
  credential_revision: number
  disabled: Flag
  created_at: string
  /** What the person chose in the console; null: what their browser says. */
  language: LanguageChoice | null
  theme: ThemeChoice | null
  /** Issuer and subject of the OIDC provider that they sign in by, with a space between them. */
  oidc_subject: string | null
  last_sign_in_at: string | null
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
  door: Door
  created_at: string
  /** When somebody last needed it; one that has no tag goes some time after. */
  touched_at: string
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

/** What somebody may do in an instance. */
export interface GrantsTable {
  /** ID of an account or a robot. */
  holder_id: string
  instance_id: string
  /** `*`: all namespaces that the instance has and will have. */
  namespace: string
  /** `oidc`: made of what a provider says at each sign-in, and gone when it says so no more. */
  source: GrantSource
  role: GrantRole
  created_at: string
}

/** Passwords of accounts that open the Helm doors of one instance: one that is fixed, any number that end. */
export interface InstancePasswordsTable {
  id: string
  account_id: string
  instance_id: string
  kind: 'fixed' | 'temporary'
  /** As `passwords.ts` makes it. */
  secret_hash: string
  created_at: string
  expires_at: string | null
}

/** Programs that push and pull, with a secret and grants of their own. */
export interface RobotsTable {
  id: string
  /** What the wire calls id: a number, for the vendor's SDKs. */
  number: number
  instance_id: string
  /** With its prefix: `ccr$builder`. */
  name: string
  description: string
  secret_hash: string
  /** Counts changes of the secret; what was remembered for an older revision is void. */
  credential_revision: number
  disabled: Flag
  expires_at: string | null
  created_by: string
  created_at: string
  updated_at: string
  last_used_at: string | null
}

/** Key pairs that sign requests to the management API. */
export interface AccessKeysTable {
  /** The half that is sent: 32 hex digits, or what the configuration says. */
  id: string
  account_id: string
  /** The half that signs, under the seal of `secret-box.ts`: it must be read again. */
  sealed_secret: string
  description: string
  disabled: Flag
  /** Whether the configuration gave it. */
  configured: Flag
  created_at: string
  last_used_at: string | null
}

/** What was done or refused. Rows are never changed; they go when they are older than is wanted. Holds no secret. */
export interface AuditEventsTable {
  /** Sorts by time. */
  id: string
  at: string
  action: AuditAction
  outcome: 'done' | 'refused'
  /** Code of the refusal. */
  reason: string | null
  actor_kind: 'account' | 'robot' | 'anonymous' | 'system'
  /** Their name; of a refused sign-in, the name that was tried. */
  actor: string
  /** What they showed: `session`, `password`, `access-key 0123…`. */
  credential: string | null
  address: string
  door: AuditDoor
  /** What it calls itself: its User-Agent. */
  client: string
  instance_id: string | null
  namespace: string | null
  chart: string | null
  version: string | null
  /** What it was about, where it is none of these: an account, a robot, a tag, a domain. */
  subject: string | null
  /** Archive or manifest digest. */
  digest_before: string | null
  digest_after: string | null
  request_id: string
}

export type Account = Selectable<AccountsTable>
export type GrantRow = Selectable<GrantsTable>
export type InstancePasswordRow = Selectable<InstancePasswordsTable>
export type RobotRow = Selectable<RobotsTable>
export type AccessKeyRow = Selectable<AccessKeysTable>
export type AuditEventRow = Selectable<AuditEventsTable>
export type InstanceRow = Selectable<InstancesTable>
export type NamespaceRow = Selectable<NamespacesTable>
export type ChartRow = Selectable<ChartsTable>
export type VersionRow = Selectable<VersionsTable>
export type ArchiveRow = Selectable<ArchivesTable>
export type NewArchive = Insertable<ArchivesTable>
export type RepositoryRow = Selectable<RepositoriesTable>
export type ManifestRow = Selectable<ManifestsTable>
