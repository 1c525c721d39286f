import type { Kysely } from 'kysely'
import { prepared } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'

const instanceOfDomain = prepared((db, { domain }: { domain: string }) =>
  db.selectFrom('instance_domains').select('instance_id').where('domain', '=', domain),
)

/** Returns the ID of the instance of a custom domain. `domain` is in lower case, without a port. */
export async function findInstanceOfDomain(db: Kysely<Schema>, domain: string): Promise<string | undefined> {
  const [row] = await instanceOfDomain(db, { domain })
  return row?.instance_id
}

/** Returns the custom domains of instances, sorted, by the instance's ID. */
export async function listDomains(
  db: Kysely<Schema>,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (instanceIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('instance_domains')
    .selectAll()
    .where('instance_id', 'in', instanceIds)
    .orderBy('domain')
    .execute()
  const grouped = Map.groupBy(rows, (row) => row.instance_id)
  return new Map(Array.from(grouped, ([instance, group]) => [instance, group.map(({ domain }) => domain)]))
}
