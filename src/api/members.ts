import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { memberEndpoints } from '../../contract/console/members.ts'
import { call } from './http.ts'

/** Query parameters of the member list. */
export type MemberListParams = z.output<typeof memberEndpoints.list.query>

export const memberQueries = {
  /** Key prefix of all queries about an instance's members. */
  all: (instanceId: string) => ['instances', 'detail', instanceId, 'members'],
  list: (instanceId: string, params: MemberListParams) =>
    queryOptions({
      queryKey: [...memberQueries.all(instanceId), 'list', params],
      queryFn: ({ signal }) => call(memberEndpoints.list, { params: { instanceId }, query: params, signal }),
      placeholderData: keepPreviousData,
    }),
}

/** Grants an account a role in the given namespaces of an instance, or in all of them (null). */
export function grantRole(instanceId: string, body: z.input<typeof memberEndpoints.grant.body>): Promise<unknown> {
  return call(memberEndpoints.grant, { params: { instanceId }, body })
}

/** Revokes the role that an account was granted in a namespace, or in all of them (null). */
export function revokeRole(instanceId: string, account: string, namespace: string | null): Promise<unknown> {
  return call(memberEndpoints.revoke, { params: { instanceId }, body: { items: [{ account, namespace }] } })
}
