import * as z from 'zod/mini'
import type { RobotListParams } from '../api/robots.ts'
import { type ListParams, listFields } from '../ui/list-search-params.ts'

/** The robots that a list can be of. */
export const ROBOT_STATUSES = ['all', 'enabled', 'disabled'] as const

/** The list's state as its address carries it. */
export const robotListParams = z.object({ ...listFields, status: z._default(z.enum(ROBOT_STATUSES), 'all') })

/** What the list asks the registry for. */
export function robotListQuery({ status, page, size }: ListParams<typeof robotListParams>): RobotListParams {
  return { status: status === 'all' ? undefined : status, pageNo: page, pageSize: size }
}
