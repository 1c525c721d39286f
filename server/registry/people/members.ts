import type { Transaction } from 'kysely'
import type { GrantRole } from '../../../contract/domain/roles.ts'
import type { Account, Schema } from '../../db/schema.ts'
import { type EventDetails, recordEvents } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespaces } from '../instances/namespace-queries.ts'
import { findAccountByName } from './account-queries.ts'

/** Stored in the `namespace` column of a grant on all namespaces. */
export const ALL_NAMESPACES = '*'

/**
 * Gives an account a role in each of the namespaces (null: all present and future ones) and replaces its earlier role
 * there. Throws `account-missing`, `namespace-missing`.
 */
export async function giveGrants(
  registry: Registry,
  call: Call,
  input: { readonly account: string; readonly role: GrantRole; readonly namespaces: readonly string[] | null },
): Promise<void> {
  const { role } = input
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const holder = await accountNamed(transaction, input.account)
    const namespaces = input.namespaces === null ? [ALL_NAMESPACES] : [...new Set(input.namespaces)]
    if (input.namespaces !== null) await checkNamespacesExist(transaction, call.instance, namespaces)
    for (const namespace of namespaces) {
      const place = { holder_id: holder.id, instance_id: call.instance, namespace }
      await transaction
        .insertInto('grants')
        .values({ ...place, source: 'given', role, created_at: now })
        .onConflict((conflict) =>
          conflict.columns(['holder_id', 'instance_id', 'namespace', 'source']).doUpdateSet({ role, created_at: now }),
        )
        .execute()
    }
    const events = namespaces.map((namespace) => eventOf('grant.give', `${holder.name}: ${role}`, namespace))
    await recordEvents(transaction, call, events, now)
  })
}

/**
 * Removes grants that members gave, all in one transaction. Ignores grants that do not exist. Throws
 * `grant-of-provider` for a grant that comes only from the provider.
 */
export async function takeGrants(
  registry: Registry,
  call: Call,
  items: readonly { readonly account: string; readonly namespace: string | null }[],
): Promise<void> {
  await registry.database.write(async (transaction) => {
    const events: EventDetails[] = []
    for (const { account, namespace } of items) {
      const holder = await findAccountByName(transaction, account)
      if (holder && (await removeGrant(transaction, call, holder, namespace ?? ALL_NAMESPACES))) {
        events.push(eventOf('grant.take', holder.name, namespace ?? ALL_NAMESPACES))
      }
    }
    await recordEvents(transaction, call, events, registry.now())
  })
}

/** Removes a grant. Returns whether it existed. */
async function removeGrant(
  transaction: Transaction<Schema>,
  { instance }: Call,
  holder: Account,
  namespace: string,
): Promise<boolean> {
  const existing = await transaction
    .selectFrom('grants')
    .select('source')
    .where('holder_id', '=', holder.id)
    .where('instance_id', '=', instance)
    .where('namespace', '=', namespace)
    .execute()
  if (existing.length === 0) return false
  if (existing.every(({ source }) => source === 'oidc'))
    throw new RegistryError('grant-of-provider', { account: holder.name })
  await transaction
    .deleteFrom('grants')
    .where('holder_id', '=', holder.id)
    .where('instance_id', '=', instance)
    .where('namespace', '=', namespace)
    .where('source', '=', 'given')
    .execute()
  return true
}

async function accountNamed(transaction: Transaction<Schema>, name: string): Promise<Account> {
  const row = await findAccountByName(transaction, name)
  if (!row) throw new RegistryError('account-missing', { account: name })
  return row
}

async function checkNamespacesExist(
  transaction: Transaction<Schema>,
  instance: string,
  namespaces: readonly string[],
): Promise<void> {
  const existing = new Set((await findNamespaces(transaction, instance, namespaces)).map(({ name }) => name))
  const missing = namespaces.find((namespace) => !existing.has(namespace))
  if (missing !== undefined) throw new RegistryError('namespace-missing', { namespace: missing })
}

function eventOf(action: 'grant.give' | 'grant.take', subject: string, namespace: string): EventDetails {
  return { action, subject, namespace: namespace === ALL_NAMESPACES ? undefined : namespace }
}
