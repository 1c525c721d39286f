import * as z from 'zod/mini'
import { isRobotName, isRobotSecret } from '../domain/robot-name.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { pageNo, pageOf, pageSize } from './paging.ts'

/** `duration` and `expiresAt` of a robot account that never expires. */
export const NEVER = -1

/** Rights of a robot in one namespace, or in all (`*`). Push includes pull. */
export const RobotPermission = z.object({
  kind: z.literal('project'),
  namespace: z.string(),
  access: z.array(z.object({ resource: z.literal('repository'), action: z.enum(['pull', 'push']) })),
})
export type RobotPermission = z.infer<typeof RobotPermission>

/** A robot account. Two of the vendor's SDKs decode `id` and `expiresAt` as 32-bit integers. */
export const Robot = z.object({
  id: z.number(),
  /** With its prefix: `ccr$builder`. */
  name: z.string(),
  description: z.string(),
  level: z.literal('system'),
  disable: z.boolean(),
  /** Remaining days, rounded up; 0 once expired, or {@link NEVER}. */
  duration: z.number(),
  /** Seconds since 1970, or {@link NEVER}. */
  expiresAt: z.number(),
  creationTime: z.string(),
  updateTime: z.string(),
  editable: z.boolean(),
  permissions: z.array(RobotPermission),
})
export type Robot = z.infer<typeof Robot>

/** A robot with its secret, which is returned only once. */
export const RobotWithSecret = z.extend(Robot, { secret: z.string() })
export type RobotWithSecret = z.infer<typeof RobotWithSecret>

const name = z.string().check(z.minLength(1, 'required'), z.refine(isRobotName, 'robot-name'))
/** Generated if empty or absent. */
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

export const robotEndpoints = {
  list: endpoint({
    method: 'GET',
    path: robotsPath,
    needs: 'administer',
    about: 'instance',
    params: robotsParams,
    query: z.object({
      pageNo,
      pageSize,
      status: z.optional(z.enum(['enabled', 'disabled', ''], 'one-of')),
    }),
    body: 'none',
    response: z.object({ ...pageOf, robots: z.array(Robot) }),
  }),

  /** Creates a robot. The response has all its fields, as the older SDK expects; newer ones ignore unknown fields. */
  create: endpoint({
    method: 'POST',
    path: robotsPath,
    needs: 'administer',
    about: 'instance',
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
  }),

  /** Changes the given fields of a robot. */
  update: endpoint({
    method: 'PUT',
    path: `${robotsPath}/:robotId`,
    needs: 'administer',
    about: 'instance',
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
  }),

  /** Replaces the secret of a robot. The old one is revoked immediately. */
  rotateSecret: endpoint({
    method: 'PUT',
    path: `${robotsPath}/:robotId/secret`,
    needs: 'administer',
    about: 'instance',
    action: 'robot.secret',
    params: robotParams,
    query: nothing,
    body: z.object({ secret }),
    response: z.object({ secret: z.string() }),
  }),

  delete: endpoint({
    method: 'DELETE',
    path: `${robotsPath}/:robotId`,
    needs: 'administer',
    about: 'instance',
    action: 'robot.delete',
    params: robotParams,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
