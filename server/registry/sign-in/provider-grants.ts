import type { Transaction } from 'kysely'
import type { GrantRole } from '../../../contract/domain/roles.ts'
import type { Database } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import { ALL_NAMESPACES } from '../people/members.ts'
import { isLowerRole, type PlacedRole } from './claimed-access.ts'

/** A role in an existing instance. */
export interface ResolvedRole {
  readonly instanceId: string
  /** Name, or {@link ALL_NAMESPACES}. */
  readonly namespace: string
  readonly role: GrantRole
}

/**
 * Resolves IDs and names of instances, and keeps the highest role of each place. Ignores roles in unknown instances and
 * in names that several instances have.
 */
export async function resolveRoles(read: Database['read'], roles: readonly PlacedRole[]): Promise<ResolvedRole[]> {
  const references = [...new Set(roles.map(({ instance }) => instance))]
  if (references.length === 0) return []
  const instances = await read
    .selectFrom('instances')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('id', 'in', references), eb('name', 'in', references)]))
    .execute()
  const found = new Map<string, ResolvedRole>()
  for (const { role, instance, namespace } of roles) {
    const named = instances.filter(({ name }) => name === instance)
    const instanceId =
      instances.find(({ id }) => id === instance)?.id ?? (named.length === 1 ? named[0]?.id : undefined)
    if (instanceId === undefined) continue
    const place = { instanceId, namespace: namespace ?? ALL_NAMESPACES, role }
    const other = found.get(keyOf(place))
    if (!other || isLowerRole(other.role, role)) found.set(keyOf(place), place)
  }
  return [...found.values()]
}

/**
 * Replaces the grants that an account has from the provider and leaves those given by members. Records an event for
 * each change. Returns whether the account lost a grant or got a lower role.
 */
export async function replaceProviderGrants(
  transaction: Transaction<Schema>,
  call: Call,
  holder: { readonly id: string; readonly name: string },
  roles: readonly ResolvedRole[],
  now: string,
): Promise<boolean> {
  const rows = await transaction
    .selectFrom('grants')
    .select(['instance_id as instanceId', 'namespace', 'role'])
    .where('holder_id', '=', holder.id)
    .where('source', '=', 'oidc')
    .execute()
  const before = new Map(rows.map((row) => [keyOf(row), row.role]))
  const after = new Set(roles.map(keyOf))
  const removed = rows.filter((row) => !after.has(keyOf(row)))
  const added = roles.filter((place) => before.get(keyOf(place)) !== place.role)
  for (const { instanceId, namespace } of [...removed, ...added]) {
    await transaction
      .deleteFrom('grants')
      .where('holder_id', '=', holder.id)
      .where('instance_id', '=', instanceId)
      .where('namespace', '=', namespace)
      .where('source', '=', 'oidc')
      .execute()
  }
  for (const { instanceId: instance_id, namespace, role } of added) {
    const row = { holder_id: holder.id, instance_id, namespace, source: 'oidc' as const, role, created_at: now }
    await transaction.insertInto('grants').values(row).execute()
  }
  const record = (action: 'grant.give' | 'grant.take', { instanceId, namespace }: ResolvedRole, subject: string) => {
    const at = namespace === ALL_NAMESPACES ? undefined : namespace
    return recordEvent(transaction, { ...call, instance: instanceId }, { action, namespace: at, subject }, now)
  }
  for (const place of removed) await record('grant.take', place, holder.name)
  for (const place of added) await record('grant.give', place, `${holder.name}: ${place.role}`)
  const isLowered = ({ role, ...place }: ResolvedRole) => isLowerRole(role, before.get(keyOf(place)) ?? role)
  return removed.length > 0 || added.some(isLowered)
}

function keyOf({ instanceId, namespace }: Pick<ResolvedRole, 'instanceId' | 'namespace'>): string {
  return `${instanceId} ${namespace}`
}
