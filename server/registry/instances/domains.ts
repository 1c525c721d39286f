import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { listDomains } from './domain-queries.ts'
import { findInstance } from './instance-queries.ts'

/**
 * Gives the call's instance these custom domains and no others; they are in lower case. Answers with them in alphabetical
 * order. Throws `instance-missing`, `domain-taken` for one that leads to another instance.
 */
export async function replaceDomains(registry: Registry, call: Call, domains: readonly string[]): Promise<string[]> {
  const { instance } = call
  const wanted = [...new Set(domains)].sort()
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    if (!(await findInstance(transaction, instance))) throw new RegistryError('instance-missing', { instance })
    const before = (await listDomains(transaction, [instance])).get(instance) ?? []
    if (before.join() === wanted.join()) return
    await transaction.deleteFrom('instance_domains').where('instance_id', '=', instance).execute()
    for (const domain of wanted) {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('instance_domains')
        .values({ domain, instance_id: instance })
        .onConflict((conflict) => conflict.column('domain').doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) throw new RegistryError('domain-taken', { domain })
    }
    await recordEvent(transaction, call, { action: 'instance.domains', subject: wanted.join(', ') }, now)
  })
  return wanted
}
