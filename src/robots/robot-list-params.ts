import * as z from 'zod/mini'
import type { RobotListParams } from '../api/robots.ts'
import { type ListParams, listFields } from '../ui/list-search-params.ts'

/** Values of the status filter. */
export const ROBOT_STATUSES = ['all', 'enabled', 'disabled'] as const

/** Schema of the list's state in the URL. */
export const robotListParams = z.object({ ...listFields, status: z._default(z.enum(ROBOT_STATUSES), 'all') })

/** Converts the list's state to the query of the API. */
export function robotListQuery({ status, page, size }: ListParams<typeof robotListParams>): RobotListParams {
  return { status: status === 'all' ? undefined : status, pageNo: page, pageSize: size }
}
