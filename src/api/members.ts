import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { giveGrants, listMembers, takeGrants } from '../../contract/console/members.ts'
import { call } from './http.ts'

/** What the list of members can be asked for. */
export type MemberListParams = z.output<typeof listMembers.query>

export const memberQueries = {
  /** Prefix of everything about an instance's members. */
  all: (instanceId: string) => ['instances', 'detail', instanceId, 'members'],
  list: (instanceId: string, params: MemberListParams) =>
    queryOptions({
      queryKey: [...memberQueries.all(instanceId), 'list', params],
      queryFn: ({ signal }) => call(listMembers, { params: { instanceId }, query: params, signal }),
      placeholderData: keepPreviousData,
    }),
}

/** Gives an account a role in namespaces of an instance, or in all (null). */
export function giveRole(instanceId: string, body: z.input<typeof giveGrants.body>): Promise<unknown> {
  return call(giveGrants, { params: { instanceId }, body })
}

/** Takes from an account what it was given in a namespace, or in all (null). */
export function takeRole(instanceId: string, account: string, namespace: string | null): Promise<unknown> {
  return call(takeGrants, { params: { instanceId }, body: { items: [{ account, namespace }] } })
}
