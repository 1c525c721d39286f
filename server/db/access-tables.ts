import type { AuditAction } from '../../contract/domain/audit-events.ts'
import type { Density, Language, PageSizeChoice, ThemeChoice } from '../../contract/domain/preferences.ts'
import type { AuditProtocol } from '../../contract/domain/protocols.ts'
import type { AccountRole, GrantRole, GrantSource } from '../../contract/domain/roles.ts'
import type { Flag } from './columns.ts'

/** The tables of `schema.ts` for accounts, robots, their credentials and grants, and the audit log. */

export interface AccountsTable {
  id: string
  name: string
  /** Unique: names must differ by more than case. */
  folded_name: string
  /** scrypt hash with its parameters and salt; `none` for accounts that sign in only through the provider. */
  password_hash: string
  role: AccountRole
  /** `oidc`: an administrator because of the provider's claims, and demoted when these no longer give the role. */
  role_source: GrantSource
  /** Incremented when the password changes, which invalidates cached credentials and bearer tokens. */
  credential_revision: number
  disabled: Flag
  created_at: string
  /** Preferences in the console; null: the default of the browser. */
  language: Language | null
  theme: ThemeChoice | null
  page_size: PageSizeChoice | null
  density: Density | null
  /** JSON: `Partial<ListSorts>`. */
  sorts_json: string | null
  /** Issuer and subject of the linked user of the OIDC provider, separated by a space. */
  oidc_subject: string | null
  last_sign_in_at: string | null
}

export interface SessionsTable {
  /** SHA-256 of the token in the cookie, in hex. The token itself is not stored. */
  token_digest: string
  account_id: string
  created_at: string
  expires_at: string
  address: string
}

/** Failed sign-ins, counted by (account, address) and by address, but not only by account. */
export interface SignInFailuresTable {
  subject: string
  failures: number
  last_at: string
}

/** Roles of accounts and robots in instances. */
export interface GrantsTable {
  /** ID of an account or a robot. */
  holder_id: string
  instance_id: string
  /** `*`: all present and future namespaces of the instance. */
  namespace: string
  /** `oidc`: from the provider's claims, replaced at each sign-in. */
  source: GrantSource
  role: GrantRole
  created_at: string
}

/** Passwords of accounts for the Helm APIs of one instance: at most one fixed, and several temporary ones. */
export interface InstancePasswordsTable {
  id: string
  account_id: string
  instance_id: string
  kind: 'fixed' | 'temporary'
  /** Hash in the format of `passwords.ts`. */
  secret_hash: string
  created_at: string
  expires_at: string | null
}

/** Robot accounts: credentials for programs that push and pull, with their own secret and grants. */
export interface RobotsTable {
  id: string
  /** Number of the robot, `id` on the wire, for the vendor's SDKs. */
  number: number
  instance_id: string
  /** With its prefix: `ccr$builder`. */
  name: string
  description: string
  secret_hash: string
  /** Incremented when the secret changes, which invalidates cached credentials and bearer tokens. */
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
  /** Public ID: 32 hex digits, or the value from the configuration. */
  id: string
  account_id: string
  /** Secret that signs requests, encrypted by `secret-box.ts`, because verification needs it. */
  sealed_secret: string
  description: string
  disabled: Flag
  /** Whether it comes from the configuration. */
  configured: Flag
  created_at: string
  last_used_at: string | null
}

/** Audit log of actions and denied requests. Rows are never changed, and deleted after the retention. No secrets. */
export interface AuditEventsTable {
  /** Sorts by time. */
  id: string
  at: string
  action: AuditAction
  outcome: 'done' | 'denied'
  /** Error code of a denied action. */
  reason: string | null
  actor_kind: 'account' | 'robot' | 'anonymous' | 'system'
  /** Name of the actor; for a failed sign-in, the name that was entered. */
  actor: string
  /** Credential of the actor: `session`, `password`, `access-key 0123…`. */
  credential: string | null
  address: string
  protocol: AuditProtocol
  /** `User-Agent` header of the client. */
  client: string
  instance_id: string | null
  namespace: string | null
  chart: string | null
  version: string | null
  /** Affected resource of another kind: an account, a robot, a tag, a domain. */
  subject: string | null
  /** Archive or manifest digest. */
  digest_before: string | null
  digest_after: string | null
  request_id: string
}
