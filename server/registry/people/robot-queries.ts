import type { Kysely } from 'kysely'
import type { Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { GrantRow, RobotRow, Schema } from '../../db/schema.ts'

export interface RobotsQuery extends PageRequest {
  readonly instanceId: string
  /** Undefined: both. */
  readonly disabled?: boolean | undefined
}

/** Returns a page of the robots of an instance, by name. */
export async function listRobots(db: Kysely<Schema>, request: RobotsQuery): Promise<Page<RobotRow>> {
  let matching = db.selectFrom('robots').where('instance_id', '=', request.instanceId)
  if (request.disabled !== undefined) matching = matching.where('disabled', '=', request.disabled ? 1 : 0)
  const rows = await matching.selectAll().orderBy('name').limit(request.limit).offset(request.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const robotWithId = prepared((db, { id }: { id: string }) => db.selectFrom('robots').selectAll().where('id', '=', id))

/** Returns a robot by its ID. */
export async function findRobot(db: Kysely<Schema>, id: string): Promise<RobotRow | undefined> {
  const [row] = await robotWithId(db, { id })
  return row
}

/** Returns the robots of an instance with these numbers, by name. */
export async function findRobots(
  db: Kysely<Schema>,
  instanceId: string,
  numbers: readonly number[],
): Promise<RobotRow[]> {
  return db
    .selectFrom('robots')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('number', 'in', numbers)
    .orderBy('name')
    .execute()
}

/** Returns grants by robot ID, each list by namespace. The map has no entry for a robot without grants. */
export async function listGrantsOfRobots(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, GrantRow[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('grants').selectAll().where('holder_id', 'in', ids).orderBy('namespace').execute()
  return Map.groupBy(rows, ({ holder_id }) => holder_id)
}
