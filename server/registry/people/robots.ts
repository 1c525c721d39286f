import type { Transaction } from 'kysely'
import { NEVER } from '../../../contract/ccr/robots.ts'
import { ROBOT_PREFIX } from '../../../contract/domain/robot-name.ts'
import type { RobotRow, Schema } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import { type Call, callerName } from '../core/call.ts'
import { newId, newPassword } from '../core/ids.ts'
import { nextNumber } from '../core/next-number.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespaces } from '../instances/namespace-queries.ts'
import { ALL_NAMESPACES } from './members.ts'
import { hashPassword, hashSecret } from './passwords.ts'
import { findRobots } from './robot-queries.ts'

/** Length of a generated secret, in characters. */
const SECRET_LENGTH = 32
const DAY = 24 * 60 * 60 * 1000
/** Latest expiry, in milliseconds since 1970: two of the vendor's SDKs read it as a signed 32-bit number of seconds. */
const LATEST_END = 2 ** 31 * 1000 - 1000

/** Permissions of a robot in a namespace, or in all namespaces ({@link ALL_NAMESPACES}). */
export interface RobotScope {
  readonly namespace: string
  /** Whether it may push; it may always pull. */
  readonly push: boolean
}

/** Changes of a robot; undefined properties keep their values. */
export interface RobotChange {
  readonly disabled?: boolean | undefined
  /** Days from now until it expires, or `NEVER`. */
  readonly days?: number | undefined
  readonly description?: string | undefined
  readonly scopes?: readonly RobotScope[] | undefined
}

export interface NewRobot extends RobotChange {
  /** Without {@link ROBOT_PREFIX}. */
  readonly name: string
  /** Generated if undefined. */
  readonly secret?: string | undefined
  readonly days: number
  readonly scopes: readonly RobotScope[]
}

/**
 * Creates a robot in the addressed instance. Returns it and its secret, of which only a hash is stored.
 * Throws `robot-exists`, `robot-end-too-late`, `namespace-missing`.
 */
export async function createRobot(
  registry: Registry,
  call: Call,
  input: NewRobot,
): Promise<{ robot: RobotRow; secret: string }> {
  const now = registry.now()
  const name = `${ROBOT_PREFIX}${input.name}`
  const expires_at = expiryOf(input.days, now)
  const { secret, hash } = await secretOf(registry, name, input.secret)
  const robot = await registry.database.write(async (transaction) => {
    const row = await transaction
      .insertInto('robots')
      .values({
        id: newId(),
        number: await nextNumber(transaction, 'robot'),
        instance_id: call.instance,
        name,
        description: input.description ?? '',
        secret_hash: hash,
        credential_revision: 1,
        disabled: input.disabled ? 1 : 0,
        expires_at,
        created_by: callerName(call.caller),
        created_at: now,
        updated_at: now,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.columns(['instance_id', 'name']).doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new RegistryError('robot-exists', { robot: name })
    await replaceScopes(transaction, row, input.scopes, now)
    await recordEvent(transaction, call, { action: 'robot.create', subject: name }, now)
    return row
  })
  return { robot, secret }
}

/**
 * Changes the given properties of a robot, effective from the next request.
 * Throws `robot-missing`, `robot-end-too-late`, `namespace-missing`.
 */
export async function updateRobot(registry: Registry, call: Call, number: number, change: RobotChange): Promise<void> {
  const now = registry.now()
  const { disabled, days, description, scopes } = change
  const expires_at = days === undefined ? undefined : expiryOf(days, now)
  await registry.database.write(async (transaction) => {
    const row = await robotOf(transaction, call, number)
    await transaction
      .updateTable('robots')
      .set({
        ...(disabled !== undefined && { disabled: disabled ? 1 : 0 }),
        ...(expires_at !== undefined && { expires_at }),
        ...(description !== undefined && { description }),
        updated_at: now,
      })
      .where('id', '=', row.id)
      .execute()
    if (scopes) await replaceScopes(transaction, row, scopes, now)
    await recordEvent(transaction, call, { action: 'robot.change', subject: row.name }, now)
  })
}

/** Replaces the secret of a robot by `chosen` or a generated one, and returns it. Throws `robot-missing`. */
export async function rotateRobotSecret(
  registry: Registry,
  call: Call,
  number: number,
  chosen?: string,
): Promise<string> {
  const now = registry.now()
  const { name } = await robotOf(registry.database.read, call, number)
  const { secret, hash } = await secretOf(registry, name, chosen)
  await registry.database.write(async (transaction) => {
    const row = await robotOf(transaction, call, number)
    await transaction
      .updateTable('robots')
      .set((eb) => ({
        secret_hash: hash,
        credential_revision: eb('credential_revision', '+', 1),
        updated_at: now,
      }))
      .where('id', '=', row.id)
      .execute()
    await recordEvent(transaction, call, { action: 'robot.secret', subject: row.name }, now)
  })
  return secret
}

/** Deletes a robot and its grants. Throws `robot-missing`. */
export async function deleteRobot(registry: Registry, call: Call, number: number): Promise<void> {
  await registry.database.write(async (transaction) => {
    const row = await robotOf(transaction, call, number)
    await transaction.deleteFrom('grants').where('holder_id', '=', row.id).execute()
    await transaction.deleteFrom('robots').where('id', '=', row.id).execute()
    await recordEvent(transaction, call, { action: 'robot.delete', subject: row.name }, registry.now())
  })
}

async function robotOf(db: Registry['database']['read'], call: Call, number: number): Promise<RobotRow> {
  const [row] = Number.isSafeInteger(number) ? await findRobots(db, call.instance, [number]) : []
  if (!row) throw new RegistryError('robot-missing', { robot: String(number) })
  return row
}

function expiryOf(days: number, now: string): string | null {
  if (days === NEVER) return null
  const limit = Math.floor((LATEST_END - Date.parse(now)) / DAY)
  if (days > limit) throw new RegistryError('robot-end-too-late', { limit })
  return new Date(Date.parse(now) + days * DAY).toISOString()
}

/**
 * Returns the secret, chosen or generated, and its hash. Chosen secrets get a slow hash; robots of the same name share
 * its salt, so that verification costs one hash for all of them.
 */
async function secretOf(
  registry: Registry,
  name: string,
  chosen: string | undefined,
): Promise<{ secret: string; hash: string }> {
  if (!chosen) {
    const secret = newPassword(SECRET_LENGTH)
    return { secret, hash: hashSecret(secret) }
  }
  const other = await registry.database.read
    .selectFrom('robots')
    .select('secret_hash')
    .where('name', '=', name)
    .where('secret_hash', 'like', 'scrypt$%')
    .executeTakeFirst()
  return { secret: chosen, hash: await hashPassword(chosen, other?.secret_hash) }
}

/** Replaces the grants of a robot. If a namespace occurs more than once, push wins. Throws `namespace-missing`. */
async function replaceScopes(
  transaction: Transaction<Schema>,
  robot: Pick<RobotRow, 'id' | 'instance_id'>,
  scopes: readonly RobotScope[],
  now: string,
): Promise<void> {
  const push = new Map<string, boolean>()
  for (const scope of scopes) push.set(scope.namespace, scope.push || push.get(scope.namespace) === true)
  const named = [...push.keys()].filter((namespace) => namespace !== ALL_NAMESPACES)
  const existing = new Set((await findNamespaces(transaction, robot.instance_id, named)).map(({ name }) => name))
  const missing = named.find((namespace) => !existing.has(namespace))
  if (missing !== undefined) throw new RegistryError('namespace-missing', { namespace: missing })
  await transaction.deleteFrom('grants').where('holder_id', '=', robot.id).execute()
  const rows = [...push].map(([namespace, mayPush]) => ({
    holder_id: robot.id,
    instance_id: robot.instance_id,
    namespace,
    source: 'given' as const,
    role: mayPush ? ('developer' as const) : ('guest' as const),
    created_at: now,
  }))
  await transaction.insertInto('grants').values(rows).execute()
}
