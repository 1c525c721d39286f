import { ROBOT_PREFIX } from '../../../contract/domain/robot-name.ts'
import type { RobotRow } from '../../db/schema.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findAccountByName } from '../people/account-queries.ts'
import { hashesOfPassword, hashSecret, NO_PASSWORD } from '../people/passwords.ts'
import { isInForce, type VerifiedCredential } from './callers.ts'

/** What somebody has shown who sent a name and a password; nothing when they are nobody's. */
export interface VerifiedBasic {
  /** More than one where the same password was chosen for several instances. */
  readonly proofs: readonly VerifiedCredential[]
  /** There when the password is right and its owner is not let in: they may be told why. */
  readonly refusal?: RegistryError
}

/**
 * What a name and a password prove. Whoever it is, and whether they are there or not, it costs one slow hash, but for
 * secrets that we made up: these are looked up. An account whose password and fixed passwords were not made with the
 * same salt costs one for each salt.
 */
export async function verifyBasic(registry: Registry, name: string, password: string): Promise<VerifiedBasic> {
  return name.startsWith(ROBOT_PREFIX) ? robotsOf(registry, name, password) : accountOf(registry, name, password)
}

/** Robots of several instances may have the same name. */
async function robotsOf(registry: Registry, name: string, secret: string): Promise<VerifiedBasic> {
  const rows = await registry.database.read.selectFrom('robots').selectAll().where('name', '=', name).execute()
  const generated = hashSecret(secret)
  const found = rows.filter(({ secret_hash }) => secret_hash === generated)
  const hashes = new Set(found.length > 0 ? [generated] : await hashesOfPassword(secret, rows.map(hashOf)))
  const right = rows.filter((row) => hashes.has(row.secret_hash))
  const now = registry.now()
  const proofs = right.filter((row) => isInForce(row, now)).map(robotProof)
  const [unwanted] = right
  if (proofs.length > 0 || !unwanted) return { proofs }
  const refusal = new RegistryError(unwanted.disabled ? 'robot-disabled' : 'robot-expired', { robot: name })
  return { proofs, refusal }
}

function hashOf({ secret_hash }: Pick<RobotRow, 'secret_hash'>): string {
  return secret_hash
}

function robotProof({ id, instance_id, credential_revision: revision }: RobotRow): VerifiedCredential {
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
  const of = { kind: 'account', id: account?.id ?? '', revision: account?.credential_revision ?? 0 } as const
  const temporary = passwords.find(({ kind }) => kind === 'temporary')
  const own = account?.password_hash ?? NO_PASSWORD
  const fixed = passwords.filter(({ kind }) => kind === 'fixed')
  const right = temporary ? [] : await hashesOfPassword(password, [own, ...fixed.map(({ secret_hash }) => secret_hash)])
  if (account?.disabled !== 0) return { proofs: [] }
  if (temporary) {
    const { id, instance_id: instance, expires_at } = temporary
    const credential = { kind: 'temporary-password', id, instance, expires: expires_at ?? undefined } as const
    return { proofs: [{ ...of, credential }] }
  }
  // One that opens everything needs no others beside it.
  if (right.includes(own)) return { proofs: [{ ...of, credential: { kind: 'password' } }] }
  const proofs = fixed
    .filter(({ secret_hash }) => right.includes(secret_hash))
    .map(({ id, instance_id }): VerifiedCredential => {
      return { ...of, credential: { kind: 'fixed-password', id, instance: instance_id } }
    })
  return { proofs }
}
