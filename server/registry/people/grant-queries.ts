import type { Kysely } from 'kysely'
import { prepared } from '../../db/prepared.ts'
import type { GrantRow, Schema } from '../../db/schema.ts'

const grantsOf = prepared((db, { holder }: { holder: string }) =>
  db
    .selectFrom('grants')
    .selectAll()
    .where('holder_id', '=', holder)
    .orderBy('instance_id')
    .orderBy('namespace')
    .orderBy('source'),
)

/** Returns the grants of an account or a robot, by instance ID and namespace. */
export async function listGrants(db: Kysely<Schema>, holderId: string): Promise<GrantRow[]> {
  return grantsOf(db, { holder: holderId })
}

/** Returns the grants of an account or a robot with the names of their instances, by instance name and namespace. */
export async function listGrantsWithNames(
  db: Kysely<Schema>,
  holderId: string,
): Promise<(GrantRow & { instance_name: string })[]> {
  return db
    .selectFrom('grants')
    .innerJoin('instances', 'instances.id', 'grants.instance_id')
    .selectAll('grants')
    .select('instances.name as instance_name')
    .where('holder_id', '=', holderId)
    .orderBy('instances.folded_name')
    .orderBy('instances.id')
    .orderBy('namespace')
    .orderBy('source')
    .execute()
}
