import { NEVER, type Robot, type RobotPermission, robotEndpoints } from '../../../contract/ccr/robots.ts'
import type { GrantRow, RobotRow } from '../../db/schema.ts'
import { listGrantsOfRobots, listRobots } from '../../registry/people/robot-queries.ts'
import {
  createRobot,
  deleteRobot,
  type RobotScope,
  rotateRobotSecret,
  updateRobot,
} from '../../registry/people/robots.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

const DAY = 24 * 60 * 60 * 1000

/** Robot accounts of an instance. */
export function mountRobots(api: Api): void {
  const { context } = api
  const { registry } = context
  const { read } = registry.database

  route(api, robotEndpoints.list, async ({ query, instance: { id: instanceId } }) => {
    const disabled = query.status ? query.status === 'disabled' : undefined
    const { total, rows } = await listRobots(read, { ...pageRequest(query), instanceId, disabled })
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, robots: await toRobots(context, rows) }
  })

  route(api, robotEndpoints.create, async ({ call, body }) => {
    const { name, description, duration: days, disable: disabled, permissions } = body
    const settings = {
      name,
      description,
      days,
      disabled,
      secret: body.secret ?? undefined,
      scopes: toScopes(permissions),
    }
    const { robot, secret } = await createRobot(registry, call, settings)
    const grants = await listGrantsOfRobots(read, [robot.id])
    return { ...toRobot(robot, grants.get(robot.id), registry.now()), secret }
  })

  route(api, robotEndpoints.update, async ({ call, params, body }) => {
    const { description, duration: days, disable: disabled, permissions } = body
    const scopes = permissions && toScopes(permissions)
    await updateRobot(registry, call, numberOf(params), { description, days, disabled, scopes })
    return undefined
  })

  route(api, robotEndpoints.rotateSecret, async ({ call, params, body }) => {
    return { secret: await rotateRobotSecret(registry, call, numberOf(params), body.secret ?? undefined) }
  })

  route(api, robotEndpoints.delete, async ({ call, params }) => {
    await deleteRobot(registry, call, numberOf(params))
    return undefined
  })
}

/** Returns the number of a robot; NaN, which no robot has, if the parameter is not a number. */
function numberOf({ robotId }: { readonly robotId: string }): number {
  return /^\d+$/.test(robotId) ? Number(robotId) : Number.NaN
}

function toScopes(permissions: readonly Pick<RobotPermission, 'namespace' | 'access'>[]): RobotScope[] {
  return permissions.map(({ namespace, access }) => ({
    namespace,
    push: access.some(({ action }) => action === 'push'),
  }))
}

async function toRobots({ registry }: Context, rows: readonly RobotRow[]): Promise<Robot[]> {
  const ids = rows.map(({ id }) => id)
  const grants = await listGrantsOfRobots(registry.database.read, ids)
  return rows.map((row) => toRobot(row, grants.get(row.id), registry.now()))
}

function toRobot(row: RobotRow, grants: readonly GrantRow[] = [], now: string): Robot {
  const left = row.expires_at === null ? NEVER : Math.max(Date.parse(row.expires_at) - Date.parse(now), 0)
  return {
    id: row.number,
    name: row.name,
    description: row.description,
    level: 'system',
    disable: row.disabled === 1,
    duration: left === NEVER ? NEVER : Math.ceil(left / DAY),
    expiresAt: row.expires_at === null ? NEVER : Math.floor(Date.parse(row.expires_at) / 1000),
    creationTime: row.created_at,
    updateTime: row.updated_at,
    editable: true,
    permissions: grants.map(toPermission),
  }
}

/** Converts a grant. Push includes pull, even if only push was requested. */
function toPermission({ namespace, role }: GrantRow): RobotPermission {
  const actions = role === 'guest' ? (['pull'] as const) : (['pull', 'push'] as const)
  return { kind: 'project', namespace, access: actions.map((action) => ({ resource: 'repository', action })) }
}
