import type { Transaction } from 'kysely'
import type { GrantRole } from '../../../contract/domain/roles.ts'
import type { Account, Schema } from '../../db/schema.ts'
import { type EventDetails, recordEvents } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespaces } from '../instances/namespace-queries.ts'
import { findAccountByName } from './account-queries.ts'

/** All namespaces, as the table has it. */
export const ALL_NAMESPACES = '*'

/**
 * Gives an account a role in each of the namespaces (null: all there are and will be), in the place of what was given
 * there before. Throws `account-missing`, `namespace-missing`.
 */
export async function giveGrants(
  registry: Registry,
  call: Call,
  wanted: { readonly account: string; readonly role: GrantRole; readonly namespaces: readonly string[] | null },
): Promise<void> {
  const { role } = wanted
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const holder = await accountNamed(transaction, wanted.account)
    const namespaces = wanted.namespaces === null ? [ALL_NAMESPACES] : [...new Set(wanted.namespaces)]
    if (wanted.namespaces !== null) await checkThere(transaction, call.instance, namespaces)
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
    const deeds = namespaces.map((namespace) => deedOf('grant.give', `${holder.name}: ${role}`, namespace))
    await recordEvents(transaction, call, deeds, now)
  })
}

/**
 * Takes grants that were given: all or none. What is not there counts as taken. Throws `grant-of-provider` where only
 * the provider says that there is one.
 */
export async function takeGrants(
  registry: Registry,
  call: Call,
  items: readonly { readonly account: string; readonly namespace: string | null }[],
): Promise<void> {
  await registry.database.write(async (transaction) => {
    const deeds: EventDetails[] = []
    for (const { account, namespace } of items) {
      const holder = await findAccountByName(transaction, account)
      if (holder && (await take(transaction, call, holder, namespace ?? ALL_NAMESPACES))) {
        deeds.push(deedOf('grant.take', holder.name, namespace ?? ALL_NAMESPACES))
      }
    }
    await recordEvents(transaction, call, deeds, registry.now())
  })
}

/** Takes a grant; whether there was one. */
async function take(
  transaction: Transaction<Schema>,
  { instance }: Call,
  holder: Account,
  namespace: string,
): Promise<boolean> {
  const there = await transaction
    .selectFrom('grants')
    .select('source')
    .where('holder_id', '=', holder.id)
    .where('instance_id', '=', instance)
    .where('namespace', '=', namespace)
    .execute()
  if (there.length === 0) return false
  if (there.every(({ source }) => source === 'oidc'))
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

async function checkThere(
  transaction: Transaction<Schema>,
  instance: string,
  namespaces: readonly string[],
): Promise<void> {
  const there = new Set((await findNamespaces(transaction, instance, namespaces)).map(({ name }) => name))
  const missing = namespaces.find((namespace) => !there.has(namespace))
  if (missing !== undefined) throw new RegistryError('namespace-missing', { namespace: missing })
}

function deedOf(action: 'grant.give' | 'grant.take', subject: string, namespace: string): EventDetails {
  return { action, subject, namespace: namespace === ALL_NAMESPACES ? undefined : namespace }
}
