import type { Kysely } from 'kysely'
import type { GrantRow, Schema } from './schema.ts'

/** All grants of an account or a robot, by place. */
export async function listGrants(db: Kysely<Schema>, holderId: string): Promise<GrantRow[]> {
  return db
    .selectFrom('grants')
    .selectAll()
    .where('holder_id', '=', holderId)
    .orderBy('instance_id')
    .orderBy('namespace')
    .orderBy('source')
    .execute()
}
