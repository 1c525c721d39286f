import type { Transaction } from 'kysely'
import type { GrantRole } from '../../../contract/domain/roles.ts'
import type { Database } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import { ALL_NAMESPACES } from '../people/members.ts'
import { isLess, type PlacedRole } from './claimed-access.ts'

/** A role at a place that there is. */
export interface FoundRole {
  readonly instanceId: string
  /** A name, or {@link ALL_NAMESPACES}. */
  readonly namespace: string
  readonly role: GrantRole
}

/**
 * The same roles with the IDs of their instances, the highest for each place. An instance is meant by its ID, or by a
 * name that it has alone; what means none gives nothing.
 */
export async function findPlaces(read: Database['read'], roles: readonly PlacedRole[]): Promise<FoundRole[]> {
  const wanted = [...new Set(roles.map(({ instance }) => instance))]
  if (wanted.length === 0) return []
  const instances = await read
    .selectFrom('instances')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('id', 'in', wanted), eb('name', 'in', wanted)]))
    .execute()
  const found = new Map<string, FoundRole>()
  for (const { role, instance, namespace } of roles) {
    const named = instances.filter(({ name }) => name === instance)
    const instanceId =
      instances.find(({ id }) => id === instance)?.id ?? (named.length === 1 ? named[0]?.id : undefined)
    if (instanceId === undefined) continue
    const place = { instanceId, namespace: namespace ?? ALL_NAMESPACES, role }
    const other = found.get(keyOf(place))
    if (!other || isLess(other.role, role)) found.set(keyOf(place), place)
  }
  return [...found.values()]
}

/**
 * Makes what the provider said of an account what it says now; what people gave stays. Answers with whether the account
 * may less than before.
 */
export async function replaceProviderGrants(
  transaction: Transaction<Schema>,
  call: Call,
  holder: { readonly id: string; readonly name: string },
  wanted: readonly FoundRole[],
  now: string,
): Promise<boolean> {
  const rows = await transaction
    .selectFrom('grants')
    .select(['instance_id as instanceId', 'namespace', 'role'])
    .where('holder_id', '=', holder.id)
    .where('source', '=', 'oidc')
    .execute()
  const before = new Map(rows.map((row) => [keyOf(row), row.role]))
  const after = new Set(wanted.map(keyOf))
  const taken = rows.filter((row) => !after.has(keyOf(row)))
  const given = wanted.filter((place) => before.get(keyOf(place)) !== place.role)
  for (const { instanceId, namespace } of [...taken, ...given]) {
    await transaction
      .deleteFrom('grants')
      .where('holder_id', '=', holder.id)
      .where('instance_id', '=', instanceId)
      .where('namespace', '=', namespace)
      .where('source', '=', 'oidc')
      .execute()
  }
  for (const { instanceId: instance_id, namespace, role } of given) {
    const row = { holder_id: holder.id, instance_id, namespace, source: 'oidc' as const, role, created_at: now }
    await transaction.insertInto('grants').values(row).execute()
  }
  const record = (action: 'grant.give' | 'grant.take', { instanceId, namespace }: FoundRole, subject: string) => {
    const at = namespace === ALL_NAMESPACES ? undefined : namespace
    return recordEvent(transaction, { ...call, instance: instanceId }, { action, namespace: at, subject }, now)
  }
  for (const place of taken) await record('grant.take', place, holder.name)
  for (const place of given) await record('grant.give', place, `${holder.name}: ${place.role}`)
  const isLowered = ({ role, ...place }: FoundRole) => isLess(role, before.get(keyOf(place)) ?? role)
  return taken.length > 0 || given.some(isLowered)
}

function keyOf({ instanceId, namespace }: Pick<FoundRole, 'instanceId' | 'namespace'>): string {
  return `${instanceId} ${namespace}`
}
