import { findInstance } from '../db/instances.ts'
import { RegistryError } from './errors.ts'
import type { Registry } from './registry.ts'

/**
 * Gives an instance these custom domains and no others; they are in lower case. Answers with them in alphabetical
 * order. Throws `instance-missing`, `domain-taken` for one that leads to another instance.
 */
export async function replaceDomains(
  registry: Registry,
  instance: string,
  domains: readonly string[],
): Promise<string[]> {
  const wanted = [...new Set(domains)].sort()
  await registry.database.write(async (transaction) => {
    if (!(await findInstance(transaction, instance))) throw new RegistryError('instance-missing', { instance })
    await transaction.deleteFrom('instance_domains').where('instance_id', '=', instance).execute()
    for (const domain of wanted) {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('instance_domains')
        .values({ domain, instance_id: instance })
        .onConflict((conflict) => conflict.column('domain').doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) throw new RegistryError('domain-taken', { domain })
    }
  })
  return wanted
}
