import type { Grant } from '../../contract/console/grants.ts'
import { listGrants } from '../db/grants.ts'
import type { Account, GrantRow, RobotRow } from '../db/schema.ts'
import type { Credential, KnownCaller } from './call.ts'
import type { Registry } from './registry.ts'

/**
 * What is remembered of somebody who has shown a secret: enough to find them again as they are now, and to see that
 * what they showed is still good.
 */
export type Proof = Pick<KnownCaller, 'kind' | 'id' | 'revision' | 'credential'>

/** What to remember of a caller. */
export function proofOf({ kind, id, revision, credential }: KnownCaller): Proof {
  return { kind, id, revision, credential }
}

export type CallingAccount = Pick<Account, 'id' | 'name' | 'role' | 'credential_revision'>
export type CallingRobot = Pick<RobotRow, 'id' | 'name' | 'instance_id' | 'credential_revision'>

/** An account as a caller, with its grants as they are now. */
export async function accountCaller(
  registry: Registry,
  { id, name, role, credential_revision: revision }: CallingAccount,
  credential: Credential,
): Promise<Extract<KnownCaller, { kind: 'account' }>> {
  return { kind: 'account', id, name, role, grants: await grantsOf(registry, id), revision, credential }
}

/** A robot as a caller, with its grants as they are now. */
export async function robotCaller(
  registry: Registry,
  { id, name, instance_id, credential_revision: revision }: CallingRobot,
): Promise<Extract<KnownCaller, { kind: 'robot' }>> {
  const credential: Credential = { kind: 'robot-secret', instance: instance_id }
  return { kind: 'robot', id, name, grants: await grantsOf(registry, id), revision, credential }
}

/** Who gave the proof; null when they are gone or disabled, or what they showed has ended or was changed. */
export async function callerOfProof(registry: Registry, proof: Proof): Promise<KnownCaller | null> {
  const now = registry.now()
  if (proof.credential.expires !== undefined && proof.credential.expires <= now) return null
  const { read } = registry.database
  if (proof.kind === 'robot') {
    const robot = await read.selectFrom('robots').selectAll().where('id', '=', proof.id).executeTakeFirst()
    return robot && isInForce(robot, now) && robot.credential_revision === proof.revision
      ? robotCaller(registry, robot)
      : null
  }
  const account = await read.selectFrom('accounts').selectAll().where('id', '=', proof.id).executeTakeFirst()
  return account?.disabled === 0 && account.credential_revision === proof.revision
    ? accountCaller(registry, account, proof.credential)
    : null
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
