import type { AuditAction } from '../../contract/domain/audit-events.ts'
import type { Density, Language, PageSizeChoice, ThemeChoice } from '../../contract/domain/preferences.ts'
import type { AuditProtocol } from '../../contract/domain/protocols.ts'
import type { AccountRole, GrantRole, GrantSource } from '../../contract/domain/roles.ts'
import type { Flag } from './columns.ts'

/** The tables of `schema.ts` about people and machines: who they are, what they may do, and what they did. */

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
  language: Language | null
  theme: ThemeChoice | null
  page_size: PageSizeChoice | null
  density: Density | null
  /** JSON: `Partial<ListSorts>`. */
  sorts_json: string | null
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
  outcome: 'done' | 'denied'
  /** Code of the refusal. */
  reason: string | null
  actor_kind: 'account' | 'robot' | 'anonymous' | 'system'
  /** Their name; of a refused sign-in, the name that was tried. */
  actor: string
  /** What they showed: `session`, `password`, `access-key 0123…`. */
  credential: string | null
  address: string
  protocol: AuditProtocol
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
