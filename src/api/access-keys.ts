import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import {
  type AccessKey,
  changeAccessKey,
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
} from '../../contract/console/access-keys.ts'
import { call } from './http.ts'

export const accessKeyQueries = {
  /** All access keys of the signed-in user. */
  list: () =>
    queryOptions({
      queryKey: ['access-keys'],
      queryFn: ({ signal }) => call(listAccessKeys, { signal }),
    }),
}

/** A new access key with its secret, which no later response contains. */
export type NewAccessKey = z.output<typeof createAccessKey.response>

export function makeAccessKey(description: string): Promise<NewAccessKey> {
  return call(createAccessKey, { body: { description } })
}

/** Disables or enables an access key. Requests signed with a disabled key are refused. */
export function setAccessKeyDisabled(accessKeyId: string, disabled: boolean): Promise<AccessKey> {
  return call(changeAccessKey, { params: { accessKeyId }, body: { disabled } })
}

export async function removeAccessKey(accessKeyId: string): Promise<void> {
  await call(deleteAccessKey, { params: { accessKeyId } })
}
