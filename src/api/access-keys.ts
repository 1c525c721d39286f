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
  /** The reader's own, all of them. */
  list: () =>
    queryOptions({
      queryKey: ['access-keys'],
      queryFn: ({ signal }) => call(listAccessKeys, { signal }),
    }),
}

/** An access key just made, with the half that is told this once. */
export type NewAccessKey = z.output<typeof createAccessKey.response>

export function makeAccessKey(description: string): Promise<NewAccessKey> {
  return call(createAccessKey, { body: { description } })
}

/** Lets an access key sign requests, or not. */
export function setAccessKeyDisabled(accessKeyId: string, disabled: boolean): Promise<AccessKey> {
  return call(changeAccessKey, { params: { accessKeyId }, body: { disabled } })
}

export async function removeAccessKey(accessKeyId: string): Promise<void> {
  await call(deleteAccessKey, { params: { accessKeyId } })
}
