import type { Grant } from '../../../contract/domain/roles.ts'
import type { Account, GrantRow, RobotRow } from '../../db/schema.ts'
import type { Credential, KnownCaller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import { findAccount } from '../people/account-queries.ts'
import { listGrants } from '../people/grant-queries.ts'
import { ALL_NAMESPACES } from '../people/members.ts'
import { findRobot } from '../people/robot-queries.ts'

/**
 * Reference to an authenticated caller, for caches and tokens: identifies the account or robot, and contains the
 * revision and the credential that {@link callerOf} checks for validity.
 */
export type VerifiedCredential = Pick<KnownCaller, 'kind' | 'id' | 'revision' | 'credential'>

/** Returns the reference to a caller without its name, role and grants. */
export function credentialOf({ kind, id, revision, credential }: KnownCaller): VerifiedCredential {
  return { kind, id, revision, credential }
}

export type CallingAccount = Pick<Account, 'id' | 'name' | 'role' | 'credential_revision'>
export type CallingRobot = Pick<RobotRow, 'id' | 'name' | 'instance_id' | 'credential_revision' | 'last_used_at'>

/** Returns an account as a caller, with its current grants. */
export async function accountCaller(
  registry: Registry,
  { id, name, role, credential_revision: revision }: CallingAccount,
  credential: Credential,
): Promise<Extract<KnownCaller, { kind: 'account' }>> {
  return { kind: 'account', id, name, role, grants: await grantsOf(registry, id), revision, credential }
}

/** Returns a robot as a caller, with its current grants, and records the time of last use. */
async function robotCaller(
  registry: Registry,
  { id, name, instance_id, credential_revision: revision, last_used_at }: CallingRobot,
): Promise<Extract<KnownCaller, { kind: 'robot' }>> {
  await recordUse(registry, id, last_used_at)
  const credential: Credential = { kind: 'robot-secret', instance: instance_id }
  return { kind: 'robot', id, name, grants: await grantsOf(registry, id), revision, credential }
}

/**
 * Returns the caller of a verified credential with its current role and grants; null if the account or robot was
 * deleted or disabled, or the credential expired or was changed.
 */
export async function callerOf(registry: Registry, verified: VerifiedCredential): Promise<KnownCaller | null> {
  const now = registry.now()
  if (verified.credential.expires !== undefined && verified.credential.expires <= now) return null
  const { read } = registry.database
  if (verified.kind === 'robot') {
    const robot = await findRobot(read, verified.id)
    return robot && isActive(robot, now) && robot.credential_revision === verified.revision
      ? robotCaller(registry, robot)
      : null
  }
  const account = await findAccount(read, verified.id)
  const isGood = account?.disabled === 0 && account.credential_revision === verified.revision
  return isGood && (await instancePasswordExists(registry, verified))
    ? accountCaller(registry, account, verified.credential)
    : null
}

/** Checks that an instance password was not replaced, which does not change the revision of the account. */
async function instancePasswordExists(registry: Registry, { id, credential }: VerifiedCredential): Promise<boolean> {
  if (credential.kind !== 'fixed-password' && credential.kind !== 'temporary-password') return true
  const row = await registry.database.read
    .selectFrom('instance_passwords')
    .select('id')
    .where('id', '=', credential.id ?? '')
    .where('account_id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** Shortest time between two writes of the last use of a credential, in milliseconds: a push makes a dozen requests. */
export const LAST_USE_INTERVAL = 60_000

async function recordUse(registry: Registry, robotId: string, lastUsed: string | null): Promise<void> {
  const now = registry.now()
  const stale = new Date(Date.parse(now) - LAST_USE_INTERVAL).toISOString()
  if (lastUsed !== null && lastUsed > stale) return
  await writeIfPossible(registry, (transaction) =>
    transaction
      .updateTable('robots')
      .set({ last_used_at: now })
      .where('id', '=', robotId)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', stale)]))
      .execute(),
  )
}

/** Returns whether a robot is neither disabled nor expired. */
export function isActive(robot: Pick<RobotRow, 'disabled' | 'expires_at'>, now: string): boolean {
  return robot.disabled === 0 && (robot.expires_at === null || robot.expires_at > now)
}

async function grantsOf(registry: Registry, holder: string): Promise<Grant[]> {
  return (await listGrants(registry.database.read, holder)).map(toGrant)
}

function toGrant({ instance_id, namespace, role }: GrantRow): Grant {
  return { instanceId: instance_id, namespace: namespace === ALL_NAMESPACES ? null : namespace, role }
}
