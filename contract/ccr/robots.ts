import * as z from 'zod/mini'
import { isRobotName, isRobotSecret } from '../domain/robot-name.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { pageNo, pageOf, pageSize } from './paging.ts'

/** The `duration` and the `expiresAt` of a robot that never ends. */
export const NEVER = -1

/** What a robot may do in one namespace, or in all (`*`). Who may push may pull. */
export const RobotPermission = z.object({
  kind: z.literal('project'),
  namespace: z.string(),
  access: z.array(z.object({ resource: z.literal('repository'), action: z.enum(['pull', 'push']) })),
})
export type RobotPermission = z.infer<typeof RobotPermission>

/** Two of the vendor's SDKs read `id` and `expiresAt` into 32 bits. */
export const Robot = z.object({
  id: z.number(),
  /** With its prefix: `ccr$builder`. */
  name: z.string(),
  description: z.string(),
  level: z.literal('system'),
  disable: z.boolean(),
  /** Days that are left, the last one counted whole; 0 when it is over, {@link NEVER}. */
  duration: z.number(),
  /** Seconds since 1970, or {@link NEVER}. */
  expiresAt: z.number(),
  creationTime: z.string(),
  updateTime: z.string(),
  editable: z.boolean(),
  permissions: z.array(RobotPermission),
})
export type Robot = z.infer<typeof Robot>

/** A robot with its secret, which is told this once. */
export const RobotWithSecret = z.extend(Robot, { secret: z.string() })
export type RobotWithSecret = z.infer<typeof RobotWithSecret>

const name = z.string().check(z.minLength(1, 'required'), z.refine(isRobotName, 'robot-name'))
/** Empty: one is made up. */
const secret = z.optional(
  z.nullable(z.string().check(z.refine((text) => text === '' || isRobotSecret(text), 'robot-secret'))),
)
const description = z.string().check(z.maxLength(1024, 'at-most-1024'), z.regex(/^\P{Cc}*$/u, 'printable'))
/** Days from now. */
const duration = z
  .number('robot-duration')
  .check(z.refine((days) => Number.isInteger(days) && (days >= 1 || days === NEVER), 'robot-duration'))
const permissions = z
  .array(
    z.object({
      kind: z.optional(z.enum(['project'], 'one-of')),
      namespace: z.string().check(z.minLength(1, 'required')),
      access: z
        .array(z.object({ resource: z.enum(['repository'], 'one-of'), action: z.enum(['pull', 'push'], 'one-of') }))
        .check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')),
    }),
  )
  .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000'))

const robotsPath = '/v1/instances/:instanceId/robots'
const robotsParams = z.object({ instanceId: z.string() })
const robotParams = z.object({ instanceId: z.string(), robotId: z.string() })

export const listRobots = endpoint({
  method: 'GET',
  path: robotsPath,
  needs: 'administer',
  params: robotsParams,
  query: z.object({
    pageNo,
    pageSize,
    status: z.optional(z.enum(['enabled', 'disabled', ''], 'one-of')),
  }),
  body: 'none',
  response: z.object({ ...pageOf, robots: z.array(Robot) }),
})

/** Answers with all of the robot, as the older SDK expects; the newer ones read what they know. */
export const createRobot = endpoint({
  method: 'POST',
  path: robotsPath,
  needs: 'administer',
  action: 'robot.create',
  params: robotsParams,
  query: nothing,
  body: z.object({
    name,
    secret,
    disable: z.optional(z.boolean()),
    duration,
    description: z.optional(description),
    permissions,
  }),
  response: RobotWithSecret,
})

/** Changes what is sent and leaves the rest. */
export const updateRobot = endpoint({
  method: 'PUT',
  path: `${robotsPath}/:robotId`,
  needs: 'administer',
  action: 'robot.change',
  params: robotParams,
  query: nothing,
  body: z.object({
    disable: z.optional(z.boolean()),
    duration: z.optional(duration),
    description: z.optional(description),
    permissions: z.optional(permissions),
  }),
  response: 'empty',
})

/** Gives the robot another secret; the one before is good no more, at once. */
export const rotateRobotSecret = endpoint({
  method: 'PUT',
  path: `${robotsPath}/:robotId/secret`,
  needs: 'administer',
  action: 'robot.secret',
  params: robotParams,
  query: nothing,
  body: z.object({ secret }),
  response: z.object({ secret: z.string() }),
})

export const deleteRobot = endpoint({
  method: 'DELETE',
  path: `${robotsPath}/:robotId`,
  needs: 'administer',
  action: 'robot.delete',
  params: robotParams,
  query: nothing,
  body: 'none',
  response: 'empty',
})
