import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { instanceEndpoints, type Tag } from '../../contract/ccr/instances.ts'
import { call } from './http.ts'

/** Query parameters of the instance list: the part of the contract's that the console uses. */
export const InstanceListParams = z.pick(instanceEndpoints.list.query, { pageNo: true, pageSize: true, keyword: true })
export type InstanceListParams = z.output<typeof InstanceListParams>

export const instanceQueries = {
  all: () => ['instances'],
  lists: () => [...instanceQueries.all(), 'list'],
  list: (params: InstanceListParams) =>
    queryOptions({
      queryKey: [...instanceQueries.lists(), params],
      queryFn: ({ signal }) => call(instanceEndpoints.list, { query: params, signal }),
      placeholderData: keepPreviousData,
    }),
  detail: (instanceId: string) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'detail', instanceId],
      queryFn: ({ signal }) => call(instanceEndpoints.get, { params: { instanceId }, signal }),
    }),
}

/** Creates an instance; resolves to its ID. */
export async function makeInstance(body: z.input<typeof instanceEndpoints.create.body>): Promise<string> {
  return (await call(instanceEndpoints.create, { body })).instanceID
}

export function setInstanceName(instanceId: string, name: string): Promise<unknown> {
  return call(instanceEndpoints.rename, { params: { instanceId }, body: { name } })
}

/** Replaces all tags of the instance. */
export function setInstanceTags(instanceId: string, tags: Tag[]): Promise<unknown> {
  return call(instanceEndpoints.replaceTags, { params: { instanceId }, body: { tags } })
}
