import type { Kysely } from 'kysely'
import type { Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { GrantRow, RobotRow, Schema } from '../../db/schema.ts'

export interface RobotsQuery extends PageRequest {
  readonly instanceId: string
  /** Both without it. */
  readonly disabled?: boolean | undefined
}

/** Robots of an instance, by name. */
export async function listRobots(db: Kysely<Schema>, wanted: RobotsQuery): Promise<Page<RobotRow>> {
  let matching = db.selectFrom('robots').where('instance_id', '=', wanted.instanceId)
  if (wanted.disabled !== undefined) matching = matching.where('disabled', '=', wanted.disabled ? 1 : 0)
  const rows = await matching.selectAll().orderBy('name').limit(wanted.limit).offset(wanted.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const robotWithId = prepared((db, { id }: { id: string }) => db.selectFrom('robots').selectAll().where('id', '=', id))

export async function findRobot(db: Kysely<Schema>, id: string): Promise<RobotRow | undefined> {
  const [row] = await robotWithId(db, { id })
  return row
}

/** Those robots of an instance that have these numbers. */
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

/** Grants of robots, by namespace; a robot without any is not in the map. */
export async function listGrantsOfRobots(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, GrantRow[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('grants').selectAll().where('holder_id', 'in', ids).orderBy('namespace').execute()
  return Map.groupBy(rows, ({ holder_id }) => holder_id)
}
