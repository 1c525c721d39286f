import { ROBOT_PREFIX } from '../../../contract/domain/robot-name.ts'
import type { RobotRow } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findAccountByName } from '../people/account-queries.ts'
import { hashesOfPassword, hashSecret, NO_PASSWORD } from '../people/passwords.ts'
import { isActive, type VerifiedCredential } from './callers.ts'

/** Result of verifying a name and a password. */
export interface VerifiedBasic {
  /** Empty if the password is wrong; several if the same password was chosen for several instances. */
  readonly credentials: readonly VerifiedCredential[]
  /** Defined if the password is correct but the robot is disabled or expired: its owner may know the reason. */
  readonly refusal?: RegistryError
}

/**
 * Verifies a name and a password of an account or a robot. Costs one slow hash per distinct salt of the stored hashes,
 * and one for an unknown name, so that timing does not reveal which names exist. Generated secrets are looked up by a
 * fast hash.
 */
export async function verifyBasic(registry: Registry, name: string, password: string): Promise<VerifiedBasic> {
  return name.startsWith(ROBOT_PREFIX) ? robotsOf(registry, name, password) : accountOf(registry, name, password)
}

/** Verifies a secret against all robots of this name: robots of different instances may share a name. */
async function robotsOf(registry: Registry, name: string, secret: string): Promise<VerifiedBasic> {
  const rows = await registry.database.read.selectFrom('robots').selectAll().where('name', '=', name).execute()
  const generated = hashSecret(secret)
  const found = rows.filter(({ secret_hash }) => secret_hash === generated)
  const hashes = new Set(found.length > 0 ? [generated] : await hashesOfPassword(secret, rows.map(hashOf)))
  const matching = rows.filter((row) => hashes.has(row.secret_hash))
  const now = registry.now()
  const credentials = matching.filter((row) => isActive(row, now)).map(robotCredential)
  const [inactive] = matching
  if (credentials.length > 0 || !inactive) return { credentials }
  const refusal = new RegistryError(inactive.disabled ? 'robot-disabled' : 'robot-expired', { robot: name })
  return { credentials, refusal }
}

function hashOf({ secret_hash }: Pick<RobotRow, 'secret_hash'>): string {
  return secret_hash
}

function robotCredential({ id, instance_id, credential_revision: revision }: RobotRow): VerifiedCredential {
  return { kind: 'robot', id, revision, credential: { kind: 'robot-secret', instance: instance_id } }
}

async function accountOf(registry: Registry, name: string, password: string): Promise<VerifiedBasic> {
  const account = await findAccountByName(registry.database.read, name)
  const passwords = account
    ? await registry.database.read
        .selectFrom('instance_passwords')
        .selectAll()
        .where('account_id', '=', account.id)
        .where((eb) =>
          eb.or([
            eb('kind', '=', 'fixed'),
            eb.and([eb('secret_hash', '=', hashSecret(password)), eb('expires_at', '>', registry.now())]),
          ]),
        )
        .execute()
    : []
  const holder = { kind: 'account', id: account?.id ?? '', revision: account?.credential_revision ?? 0 } as const
  const temporary = passwords.find(({ kind }) => kind === 'temporary')
  const own = account?.password_hash ?? NO_PASSWORD
  const fixed = passwords.filter(({ kind }) => kind === 'fixed')
  const matching = temporary
    ? []
    : await hashesOfPassword(password, [own, ...fixed.map(({ secret_hash }) => secret_hash)])
  if (account?.disabled !== 0) return { credentials: [] }
  if (temporary) {
    const { id, instance_id: instance, expires_at } = temporary
    const credential = { kind: 'temporary-password', id, instance, expires: expires_at ?? undefined } as const
    return { credentials: [{ ...holder, credential }] }
  }
  // The account's own password is valid for all instances: the fixed ones add nothing.
  if (matching.includes(own)) return { credentials: [{ ...holder, credential: { kind: 'password' } }] }
  const credentials = fixed
    .filter(({ secret_hash }) => matching.includes(secret_hash))
    .map(({ id, instance_id }): VerifiedCredential => {
      return { ...holder, credential: { kind: 'fixed-password', id, instance: instance_id } }
    })
  return { credentials }
}
