import { hash } from 'node:crypto'
import { prepared } from '../../db/prepared.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call, Credential, KnownCaller } from '../core/call.ts'
import { newSecret } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import { verifyPassword } from '../people/first-administrator.ts'
import { accountCaller, type CallingAccount } from './callers.ts'
import { beginAttempt, forgiveAttempt } from './sign-in-throttle.ts'

/** Idle timeout of a session, in milliseconds. */
const IDLE = 12 * 60 * 60 * 1000
/** Lifetime of a session, however often it is used, in milliseconds. */
const LONGEST = 7 * 24 * 60 * 60 * 1000
/** Shortest time between two extensions of a session, in milliseconds: each is a write. */
const SLIDE_EVERY = 60 * 1000

/** A valid session. */
export interface Session {
  readonly caller: Extract<KnownCaller, { kind: 'account' }>
  /** Time of expiry unless the session is used before, ISO. */
  readonly expires: string
}

/**
 * Verifies a password and starts a session. Returns the session and its token, of which only a digest is stored.
 * Throws `wrong-password`, also for an account that does not exist or is disabled, and `sign-in-throttled` with the
 * `seconds` to wait.
 */
export async function signIn(
  registry: Registry,
  call: Call,
  { account: name, password }: { readonly account: string; readonly password: string },
): Promise<{ token: string; session: Session }> {
  const attempt = { account: name, address: call.address }
  await beginAttempt(registry, attempt)
  const account = await verifyPassword(registry, name, password)
  if (!account) throw new RegistryError('wrong-password')
  await forgiveAttempt(registry, attempt)
  return startSession(registry, call, account, { kind: 'password' })
}

/** Starts a session of an authenticated account. `credential` is the credential that it authenticated with. */
export async function startSession(
  registry: Registry,
  call: Call,
  account: CallingAccount,
  credential: Credential,
): Promise<{ token: string; session: Session }> {
  const token = newSecret()
  const caller = await accountCaller(registry, account, credential)
  const now = registry.now()
  const expires = endAfter(now, now)
  await registry.database.write(async (transaction) => {
    await transaction.deleteFrom('sessions').where('expires_at', '<=', now).execute()
    await transaction
      .insertInto('sessions')
      .values({
        token_digest: sessionDigest(token),
        account_id: account.id,
        created_at: now,
        expires_at: expires,
        address: call.address,
      })
      .execute()
    await transaction.updateTable('accounts').set({ last_sign_in_at: now }).where('id', '=', account.id).execute()
    await recordEvent(transaction, { ...call, caller }, { action: 'sign-in' }, now)
  })
  return { token, session: { caller: { ...caller, credential: { kind: 'session' } }, expires } }
}

const liveSessions = prepared((db, { token_digest, now }: { token_digest: string; now: string }) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(['accounts.id', 'accounts.name', 'accounts.role', 'accounts.credential_revision'])
    .select(['sessions.created_at', 'sessions.expires_at'])
    .where('token_digest', '=', token_digest)
    .where('expires_at', '>', now)
    .where('disabled', '=', 0),
)

/** Returns the session of a token and extends it; null when it does not exist or has expired. */
export async function findSession(registry: Registry, token: string): Promise<Session | null> {
  const now = registry.now()
  const token_digest = sessionDigest(token)
  const [row] = await liveSessions(registry.database.read, { token_digest, now })
  if (!row) return null
  const caller = await accountCaller(registry, row, { kind: 'session' })
  const expires = endAfter(now, row.created_at)
  if (Date.parse(expires) - Date.parse(row.expires_at) < SLIDE_EVERY) return { caller, expires: row.expires_at }
  const isExtended = await writeIfPossible(registry, (transaction) =>
    transaction
      .updateTable('sessions')
      .set({ expires_at: expires })
      .where('token_digest', '=', token_digest)
      .where('expires_at', '<', expires)
      .execute(),
  )
  return { caller, expires: isExtended ? expires : row.expires_at }
}

/** Ends the session of a token. Does nothing if the session does not exist. */
export async function signOut(registry: Registry, call: Call, token: string): Promise<void> {
  const session = await findSession(registry, token)
  if (!session) return
  await registry.database.write(async (transaction) => {
    await transaction.deleteFrom('sessions').where('token_digest', '=', sessionDigest(token)).execute()
    await recordEvent(transaction, { ...call, caller: session.caller }, { action: 'sign-out' }, registry.now())
  })
}

/** Time of expiry of a session that began at `created` and is last used `now`. */
function endAfter(now: string, created: string): string {
  return new Date(Math.min(Date.parse(now) + IDLE, Date.parse(created) + LONGEST)).toISOString()
}

/** Returns the SHA-256 digest under which a session is stored. */
export function sessionDigest(token: string): string {
  return hash('sha256', token)
}
