import type { Grant } from '../../../contract/domain/roles.ts'
import type { Account, GrantRow, RobotRow } from '../../db/schema.ts'
import type { Credential, KnownCaller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import { findAccount } from '../people/account-queries.ts'
import { listGrants } from '../people/grant-queries.ts'
import { findRobot } from '../people/robot-queries.ts'

/**
 * What is remembered of somebody who has shown a secret: enough to find them again as they are now, and to see that
 * what they showed is still good.
 */
export type VerifiedCredential = Pick<KnownCaller, 'kind' | 'id' | 'revision' | 'credential'>

/** What to remember of a caller. */
export function credentialOf({ kind, id, revision, credential }: KnownCaller): VerifiedCredential {
  return { kind, id, revision, credential }
}

export type CallingAccount = Pick<Account, 'id' | 'name' | 'role' | 'credential_revision'>
export type CallingRobot = Pick<RobotRow, 'id' | 'name' | 'instance_id' | 'credential_revision' | 'last_used_at'>

/** An account as a caller, with its grants as they are now. */
export async function accountCaller(
  registry: Registry,
  { id, name, role, credential_revision: revision }: CallingAccount,
  credential: Credential,
): Promise<Extract<KnownCaller, { kind: 'account' }>> {
  return { kind: 'account', id, name, role, grants: await grantsOf(registry, id), revision, credential }
}

/** A robot that has shown its secret as a caller, with its grants as they are now. That it was used is written down. */
async function robotCaller(
  registry: Registry,
  { id, name, instance_id, credential_revision: revision, last_used_at }: CallingRobot,
): Promise<Extract<KnownCaller, { kind: 'robot' }>> {
  await noteUse(registry, id, last_used_at)
  const credential: Credential = { kind: 'robot-secret', instance: instance_id }
  return { kind: 'robot', id, name, grants: await grantsOf(registry, id), revision, credential }
}

/** Who gave the proof; null when they are gone or disabled, or what they showed has ended or was changed. */
export async function callerOf(registry: Registry, proof: VerifiedCredential): Promise<KnownCaller | null> {
  const now = registry.now()
  if (proof.credential.expires !== undefined && proof.credential.expires <= now) return null
  const { read } = registry.database
  if (proof.kind === 'robot') {
    const robot = await findRobot(read, proof.id)
    return robot && isInForce(robot, now) && robot.credential_revision === proof.revision
      ? robotCaller(registry, robot)
      : null
  }
  const account = await findAccount(read, proof.id)
  const isGood = account?.disabled === 0 && account.credential_revision === proof.revision
  return isGood && (await isStillThere(registry, proof)) ? accountCaller(registry, account, proof.credential) : null
}

/** Whether a password of an instance has not been replaced; the account's revision tells of its own password alone. */
async function isStillThere(registry: Registry, { id, credential }: VerifiedCredential): Promise<boolean> {
  if (credential.kind !== 'fixed-password' && credential.kind !== 'temporary-password') return true
  const row = await registry.database.read
    .selectFrom('instance_passwords')
    .select('id')
    .where('id', '=', credential.id ?? '')
    .where('account_id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** A push makes a dozen requests: the time is written no more often than every so many milliseconds. */
const NOTED_EVERY = 60_000

async function noteUse(registry: Registry, robotId: string, lastUsed: string | null): Promise<void> {
  const now = registry.now()
  const stale = new Date(Date.parse(now) - NOTED_EVERY).toISOString()
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

/** Whether a robot is neither disabled nor past its end. */
export function isInForce(robot: Pick<RobotRow, 'disabled' | 'expires_at'>, now: string): boolean {
  return robot.disabled === 0 && (robot.expires_at === null || robot.expires_at > now)
}

async function grantsOf(registry: Registry, holder: string): Promise<Grant[]> {
  return (await listGrants(registry.database.read, holder)).map(toGrant)
}

function toGrant({ instance_id, namespace, role }: GrantRow): Grant {
  return { instanceId: instance_id, namespace: namespace === '*' ? null : namespace, role }
}
