import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { type AccessKey, accessKeyEndpoints } from '../../contract/console/access-keys.ts'
import { call } from './http.ts'

export const accessKeyQueries = {
  /** All access keys of the signed-in user. */
  list: () =>
    queryOptions({
      queryKey: ['access-keys'],
      queryFn: ({ signal }) => call(accessKeyEndpoints.list, { signal }),
    }),
}

/** A new access key with its secret, which no later response contains. */
export type NewAccessKey = z.output<typeof accessKeyEndpoints.create.response>

export function makeAccessKey(description: string): Promise<NewAccessKey> {
  return call(accessKeyEndpoints.create, { body: { description } })
}

/** Disables or enables an access key. Requests signed with a disabled key are refused. */
export function setAccessKeyDisabled(accessKeyId: string, disabled: boolean): Promise<AccessKey> {
  return call(accessKeyEndpoints.change, { params: { accessKeyId }, body: { disabled } })
}

export async function removeAccessKey(accessKeyId: string): Promise<void> {
  await call(accessKeyEndpoints.delete, { params: { accessKeyId } })
}
