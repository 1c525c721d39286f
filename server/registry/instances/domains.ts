import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { listDomains } from './domain-queries.ts'
import { findInstance } from './instance-queries.ts'

/**
 * Replaces the custom domains of the addressed instance. `domains` are in lower case. Returns them sorted, without
 * duplicates. Throws `instance-missing`, and `domain-taken` for a domain of another instance.
 */
export async function replaceDomains(registry: Registry, call: Call, domains: readonly string[]): Promise<string[]> {
  const { instance } = call
  const sorted = [...new Set(domains)].sort()
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    if (!(await findInstance(transaction, instance))) throw new RegistryError('instance-missing', { instance })
    const before = (await listDomains(transaction, [instance])).get(instance) ?? []
    if (before.join() === sorted.join()) return
    await transaction.deleteFrom('instance_domains').where('instance_id', '=', instance).execute()
    for (const domain of sorted) {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('instance_domains')
        .values({ domain, instance_id: instance })
        .onConflict((conflict) => conflict.column('domain').doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) throw new RegistryError('domain-taken', { domain })
    }
    await recordEvent(transaction, call, { action: 'instance.domains', subject: sorted.join(', ') }, now)
  })
  return sorted
}
